/** What this room announces to those who carry its themes. */

/** What a merge did to each room's rows, by room. Each listener writes down what it moved, as plain JSON. */
export type MovedRows = Record<string, unknown>

export interface ThemesMerged {
  /** Ids of the theme that goes and of the one that stays. */
  from: string
  into: string
  /** Filled by listeners; given back in 'themes.merge-undone'. */
  moved: MovedRows
}

export interface ThemesMergeUndone {
  from: string
  into: string
  /** What the listeners wrote down when it was merged. */
  moved: MovedRows
  /**
   * What later merges into the same theme wrote down, oldest first. Where one of them had found `into` on a row only
   * because of this merge, the row is now its own addition: a listener may rewrite these notes, they are kept.
   */
  later: MovedRows[]
}

export interface ThemesMergeForeseen {
  from: string
  into: string
  /** Listeners add what they would move. */
  moves: { count: number; one: string; many: string }[]
}

declare module '#app/platform/events.ts' {
  interface EventMap {
    /** A theme's name or slug is another one now. */
    'themes.renamed': { themeId: string }
    'themes.merged': ThemesMerged
    'themes.merge-undone': ThemesMergeUndone
    /** Asked before a merge, so that the editor can see what would move. Nothing may be changed. */
    'themes.merge-foreseen': ThemesMergeForeseen
  }
}
