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
}
