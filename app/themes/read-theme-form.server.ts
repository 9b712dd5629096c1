import { textOf } from '#app/http/read-form.server.ts'
import type { ThemeInput } from './save-theme.server.ts'

/** What was typed into a theme's form, as the use-case takes it. */
export function readThemeForm(form: FormData): ThemeInput {
  return {
    name: textOf(form, 'name'),
    definition: textOf(form, 'definition'),
    synonyms: textOf(form, 'synonyms').split('\n'),
    parent: textOf(form, 'parent') || null,
  }
}
