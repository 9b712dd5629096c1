/** The documents as a search sees them. */
import type { SearchDocument } from './document.ts'
import type { FacetNames } from './facet-names.ts'
import type { WeightedTerm } from './field-weights.ts'

/** What is kept of a document beside its postings. */
export interface StoredFacets extends Omit<SearchDocument, 'texts'> {
  /** Its most frequent terms, to find related ones by. */
  terms: WeightedTerm[]
}

export const COUNTED = ['theme', 'severity', 'service', 'year'] as const
export type CountedFacet = (typeof COUNTED)[number]

/** Teams are filtered by, not counted. */
export const FACETS = [...COUNTED, 'team'] as const
export type Facet = (typeof FACETS)[number]

export interface IndexedDocument {
  number: number
  stored: StoredFacets
  /** When it happened, else when it was published; ISO 8601, '' when neither is known. */
  date: string
  /** Key and external id, in small letters. */
  identifiers: string[]
  /** Its values of each facet, as numbers of `IndexView.names`. */
  facets: Record<Facet, number[]>
  /** The same for the counted facets in one list: number × 4 + the facet's place in COUNTED. */
  counted: number[]
}

/** The documents as of one revision. Never changes: a search keeps the one it began with. */
export interface IndexView {
  revision: number
  /** By document number; dead numbers are holes. */
  documents: readonly (IndexedDocument | undefined)[]
  /** Weighted length in words, by document number. */
  lengths: readonly number[]
  count: number
  totalLength: number
  averageLength: number
  names: Record<Facet, FacetNames>
  find(subjectId: string): IndexedDocument | undefined
  /** The document with this key or external id, in small letters. */
  findNamed(identifier: string): IndexedDocument | undefined
}
