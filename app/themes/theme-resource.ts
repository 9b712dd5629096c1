import type { ThemeResource } from './api.ts'
import type { Theme } from './theme.ts'

/** A theme as the API shows it, with slugs in place of ids. @param themes the whole list, for the parent's slug. */
export function resourceOfTheme(theme: Theme, themes: readonly Theme[]): ThemeResource {
  const { slug, name, definition, synonyms } = theme
  const parent = themes.find(one => one.id === theme.parentId)?.slug ?? null
  return { slug, name, definition, parent, synonyms, url: `/themes/${slug}` }
}
