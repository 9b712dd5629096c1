/** Rows of the themes room. */
export interface ThemesTables {
  themes: {
    id: string
    slug: string
    name: string
    definition: string
    parent_id: string | null
    /** JSON list of lower-case words and phrases. */
    synonyms: string
    created_at: string
    updated_at: string
    merged_into_id: string | null
  }
  /** Slugs that a theme had before it was renamed. */
  theme_redirects: { slug: string; theme_id: string }
  /** What each merge moved, so that it can be undone exactly. */
  theme_merges: {
    id: string
    from_id: string
    into_id: string
    /** JSON: by room, what it moved. */
    moved: string
    at: string
    undone_at: string | null
  }
}
