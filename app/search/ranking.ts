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

/** A term of a query as it is scored: what its postings are worth in this collection (2009, formula 3.15). */
export interface ScoredTerm {
  postings: Postings
  norms: Float64Array
  weight: number
  unit: number
}

/** @param boost how much the query asks for the term. */
export function scoredTerm(postings: Postings, { count, norms }: Collection, unit: number, boost: number): ScoredTerm {
  return { postings, norms, weight: boost * inverseFrequency(count, postings.numbers.length) * (K1 + 1), unit }
}

/** What a term adds to the score of the document whose posting stands at `at`. */
export function partOf({ postings: { numbers, weights }, norms, weight, unit }: ScoredTerm, at: number): number {
  return (weight * weights[at]!) / (norms[numbers[at]!]! * unit + weights[at]!)
}

/** Adds a term's part to the score of every document that has it. */
export function addScores(scores: Float64Array, term: ScoredTerm): void {
  const { numbers } = term.postings
  for (let at = 0; at < numbers.length; at++) scores[numbers[at]!]! += partOf(term, at)
}
