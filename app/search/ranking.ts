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
  /** By document number. */
  norms: Float64Array
}

/** What the length of each document costs: k1 for one of average length, less for a shorter one. */
export function normsOf(lengths: readonly number[], averageLength: number): Float64Array {
  const norms = new Float64Array(lengths.length)
  for (let number = 0; number < norms.length; number++)
    norms[number] = K1 * (1 - B + (B * lengths[number]!) / (averageLength || 1))
  return norms
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
  { count, norms }: Collection,
  unit: number,
  boost: number,
): void {
  const { numbers, weights } = postings
  const weight = boost * inverseFrequency(count, numbers.length) * (K1 + 1)
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    scores[number]! += (weight * weights[i]!) / (norms[number]! * unit + weights[i]!)
  }
}

/** What a term adds to the score of the document whose posting stands at `at`. */
export function partOf(
  { numbers, weights }: Postings,
  at: number,
  { count, norms }: Collection,
  unit: number,
  boost: number,
): number {
  const weight = boost * inverseFrequency(count, numbers.length) * (K1 + 1)
  return (weight * weights[at]!) / (norms[numbers[at]!]! * unit + weights[at]!)
}
