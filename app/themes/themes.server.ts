/** The front door to the controlled list, for the rooms above. */

export { mergeNotes } from './merge-queries.server.ts'
export type { Theme } from './theme.ts'
export { findTheme, listThemes, themesBySlug } from './theme-queries.server.ts'
