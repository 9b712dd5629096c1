/** Rows of the search room: a small inverted index that is the same on both databases. */
export interface SearchTables {
  search_documents: {
    /** Dense number of the document inside the postings. */
    number: number
    subject_id: string
    /** Weighted length in tokens. */
    length: number
    /** JSON: what a hit, a filter and a facet need without asking another room. */
    facets: string
    /** The index revision that last touched this row; readers catch up by it. */
    revision: number
    removed: number
  }
  /** A drawer holds the postings of several terms, told apart inside: fewer rows to touch when one is published. */
  search_postings: { drawer: string; block: number; data: Uint8Array }
  /** Words of the documents, small letters; the revision is that of the index which first met the word. */
  search_words: { word: string; revision: number }
  search_state: { id: number; revision: number; next_number: number; version: number }
  saved_searches: { id: string; account_id: string; name: string; query: string; created_at: string }
}
