/** What a search is asked, and what it is given to answer with. */
import type { LoadTexts } from './document.ts'
import type { SynonymGroup } from './synonyms.ts'

export interface SearchOptions {
  texts: LoadTexts
  /** Words and phrases that mean the same; each group that the query touches widens it. */
  synonyms?: readonly SynonymGroup[]
}

export interface SearchRequest {
  /** What was typed; see query-language.ts. */
  q?: string | null
  /** Values or labels. Of several values of one facet any will do. */
  theme?: string | string[] | null
  severity?: string | string[] | null
  service?: string | string[] | null
  /** YYYY, YYYY-MM or YYYY-MM-DD: happened on its first day or later. */
  from?: string | null
  /** The same forms: happened before its first day. */
  to?: string | null
  sort?: 'best' | 'newest' | null
  offset?: number
  /** 1 to 200; 20 when absent. */
  limit?: number
}
