/**
 * BM25F in its simple form: term frequencies are weighted and summed over the fields before they saturate
 * (Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004; Robertson & Zaragoza,
 * "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, sections 3.4 and 3.6).
 */
import type { Postings } from './postings.ts'

/** How slowly repetition saturates, and how much a long document pays for its length. */
const K1 = 2
const B = 0.75

export interface Collection {
  /** Live documents. */
  count: number
  averageLength: number
  /** Weighted length by document number. */
  lengths: { readonly [number: number]: number }
}

/**
 * How much a term tells: the Robertson/Spärck Jones weight without relevance information (2009, formula 3.3), with
 * one added inside the logarithm so that a term in more than half of the documents does not count against them.
 */
export function inverseFrequency(count: number, documentFrequency: number): number {
  return Math.log(1 + (count - documentFrequency + 0.5) / (documentFrequency + 0.5))
}

/** Adds a term's part to the score of every document that has it (2009, formula 3.15). */
export function addScores(
  scores: Float64Array,
  postings: Postings,
  collection: Collection,
  unit: number,
  boost: number,
  /** By document number, 1 for those to score; null for all. */
  admits: Uint8Array | null,
): void {
  const { numbers, weights } = postings
  const weight = boost * inverseFrequency(collection.count, numbers.length) * (K1 + 1)
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    if (admits === null || admits[number] === 1)
      scores[number]! += weight * saturated(weights[i]! / unit, collection, number)
  }
}

/** What a term adds to the score of the document whose posting stands at `at`. */
export function partOf(postings: Postings, at: number, collection: Collection, unit: number, boost: number): number {
  const { numbers, weights } = postings
  const weight = boost * inverseFrequency(collection.count, numbers.length) * (K1 + 1)
  return weight * saturated(weights[at]! / unit, collection, numbers[at]!)
}

/** From a frequency to 0 and up to 1: twice as often is less than twice as good, and less in a long document. */
function saturated(frequency: number, { lengths, averageLength }: Collection, number: number): number {
  const norm = 1 - B + (B * lengths[number]!) / (averageLength || 1)
  return frequency / (K1 * norm + frequency)
}
