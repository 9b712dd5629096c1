/**
 * Words that the best documents of a first ranking have in common, added to the query: a relevance model mixed with
 * the query (RM3; Lavrenko & Croft, "Relevance-Based Language Models", SIGIR 2001; Abdul-Jaleel et al., "UMass at TREC
 * 2004: Novelty and HARD"). A document about the same thing in other words comes up.
 */
import { firstInOrder } from './first-in-order.ts'
import type { TermVector } from './models.ts'

/** One of the best documents. */
export interface Model extends TermVector {
  /** Its score in the first ranking. */
  score: number
}

/** From so many documents something is learnt. */
export const MODEL_DOCUMENTS = 10
/** Shorter ones are little more than their title, which says what was asked already. */
export const LEAST_WORDS = 30
const MODEL_TERMS = 40
/** How much of the mixture is the query as it was asked. */
const ASKED = 0.5
/** Scores are near the logarithm of a likelihood: the first document teaches far more than the tenth. */
const FIT_POWER = 4

/**
 * The weights of the terms to rank by; they add up to 1.
 * @param asked how often the query has each term.
 * @returns the terms asked for alone where there is nothing to learn from.
 */
export function mixedWith(asked: ReadonlyMap<string, number>, models: readonly Model[]): Map<string, number> {
  const total = sumOf(asked.values())
  const learnt = mostLikely(models)
  const share = learnt.length === 0 ? 1 : ASKED
  const mixture = new Map([...asked].map(([term, times]) => [term, (share * times) / total]))
  const likelihood = sumOf(learnt.map(([, weight]) => weight))
  for (const [term, weight] of learnt) mixture.set(term, (mixture.get(term) ?? 0) + ((1 - share) * weight) / likelihood)
  return mixture
}

/** The terms likeliest in a text like these: each document's own frequencies, weighted by how well it fits. */
function mostLikely(models: readonly Model[]): [term: string, weight: number][] {
  const fits = models.map(model => model.score ** FIT_POWER)
  const total = sumOf(fits)
  const likelihoods = new Map<string, number>()
  for (const [index, { terms, weights, length }] of models.entries()) {
    const share = (fits[index] ?? 0) / total / length
    for (let at = 0; at < terms.length; at++)
      likelihoods.set(terms[at]!, (likelihoods.get(terms[at]!) ?? 0) + share * weights[at]!)
  }
  return firstInOrder([...likelihoods], MODEL_TERMS, ([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
