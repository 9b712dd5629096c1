/**
 * The terms of documents that searches have learnt from, kept in the process within a bound. By document number, which
 * a changed document does not keep.
 */
import type { SearchDocument } from './document.ts'
import { eachTerm, type Readable } from './field-weights.ts'

/** Each term once, with its weighted frequency; lists side by side are a third of the memory of a map. */
export interface TermVector {
  terms: readonly string[]
  weights: Float32Array
  /** The weighted length of the document. */
  length: number
}

/** So many terms are kept, at about sixteen bytes each: those of some five thousand postmortems. */
const CAPACITY = 1_500_000
const NO_TEXTS: SearchDocument['texts'] = { summary: '', factors: '', lessons: '', actions: '', body: '' }

export class Models {
  readonly #kept = new Map<number, TermVector>()
  readonly #capacity: number
  #size = 0

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity
  }

  get(document: number): TermVector | undefined {
    const found = this.#kept.get(document)
    if (found) {
      // Set again it is the last in order, so that the first is the one that was not asked for the longest.
      this.#kept.delete(document)
      this.#kept.set(document, found)
    }
    return found
  }

  add(document: number, read: Omit<Readable, 'texts'> & { texts?: Readable['texts'] }): TermVector {
    const vector = vectorOf({ ...read, texts: read.texts ?? NO_TEXTS })
    this.#size += vector.terms.length - (this.#kept.get(document)?.terms.length ?? 0)
    this.#kept.delete(document)
    this.#kept.set(document, vector)
    for (const [oldest, { terms }] of this.#kept) {
      if (this.#size <= this.#capacity) break
      this.#kept.delete(oldest)
      this.#size -= terms.length
    }
    return vector
  }
}

/** Terms of one or two letters say nothing about what a document is about. */
function vectorOf(document: Readable): TermVector {
  const frequencies = new Map<string, number>()
  const length = eachTerm(document, (term, weight) => {
    if (term.length > 2) frequencies.set(term, (frequencies.get(term) ?? 0) + weight)
  })
  return { terms: [...frequencies.keys()], weights: Float32Array.from(frequencies.values()), length: length || 1 }
}
