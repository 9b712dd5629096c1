import { nearest } from '#app/search/nearness.ts'
import type { Theme } from '#app/themes/themes.server.ts'

const MOST = 4

/** Themes that words come near to, by name, synonyms and definition. */
export function nearestThemes(words: string, themes: readonly Theme[]): Theme[] {
  return nearest(words, themes, theme => [`${theme.name} ${theme.synonyms.join(' ')}`, theme.definition], MOST)
}
