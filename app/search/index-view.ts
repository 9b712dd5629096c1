/** The documents as a search sees them. */
import type { Columns, Facet } from './columns.ts'
import type { SearchDocument } from './document.ts'
import type { FacetNames } from './facet-names.ts'
import type { WeightedTerm } from './field-weights.ts'
import type { Lexicon } from './lexicon.ts'
import type { Models } from './models.ts'
import type { PostingCache } from './posting-cache.server.ts'
import type { Sequences } from './sequences.ts'

/** What is kept of a document beside its postings. */
export interface StoredFacets extends Omit<SearchDocument, 'texts'> {
  /** Its most frequent terms, to find related ones by. */
  terms: WeightedTerm[]
}

/** What orders ask of a document is at hand, what filters ask is in columns; all else stays packed until it is shown. */
export class IndexedDocument {
  readonly #packed: string

  /** @param packed StoredFacets as JSON: unpacked, those of a hundred thousand documents would take half a gigabyte. */
  constructor(
    readonly number: number,
    readonly subjectId: string,
    /** When it happened, else when it was published; ISO 8601, '' when neither is known. */
    readonly date: string,
    /** Key and external id, in small letters. */
    readonly identifiers: readonly string[],
    /** The slug of its family. */
    readonly family: string | null,
    packed: string,
  ) {
    this.#packed = packed
  }

  /** Read anew at each call. */
  get stored(): StoredFacets {
    return JSON.parse(this.#packed) as StoredFacets
  }
}

/** The documents as of one revision. Never changes: a search keeps the one it began with. */
export interface IndexView {
  revision: number
  /** By document number; dead numbers are holes. */
  documents: readonly (IndexedDocument | undefined)[]
  columns: Columns
  /** Filled by searches for phrases; shared by all views, as a number's sequence never changes. */
  sequences: Sequences
  /** The words of all documents as of a revision, filled when somebody first mistypes; shared likewise. */
  lexicon: { words: Lexicon; revision: number }
  /** Filled by feedback, and shared likewise. */
  models: Models
  /** Filled by searches; shared by all views too, as it knows of which revision its lists are. */
  postings: PostingCache
  count: number
  totalLength: number
  averageLength: number
  /** By document number, what its length costs a term in it; see ranking.ts. */
  norms: Float64Array
  names: Record<Facet, FacetNames>
  find(subjectId: string): IndexedDocument | undefined
  /** The document with this key or external id, in small letters. */
  findNamed(identifier: string): IndexedDocument | undefined
}
