/** What answers say about everybody who was asked, when some stayed silent. */
import { demandPart, type Interval } from './share.ts'
import { hypergeometricTails } from './tails.ts'

export interface Answers {
  favourable: number
  answered: number
  invited: number
}

export interface SilenceBounds extends Interval {
  /** The same limits as numbers of people. */
  from: number
  to: number
}

/** Chances such as 1 in 40 are exactly 2.5 %, which is not more than 2.5 %; rounding must not say otherwise. */
const MORE_THAN_ROUNDING = 0.025 + 1e-12

/** Worst case for silence: the share if every silent person disagreed, and if every one agreed. Null if none was asked. */
export function worstCase({ favourable, answered, invited }: Answers): SilenceBounds | null {
  demandPart(favourable, answered)
  demandPart(answered, invited)
  return bounds(favourable, favourable + invited - answered, invited)
}

/**
 * The share if silence were random: all K, out of N invited, of whom a random n would show x favourable with both
 * tails above 2.5 %: {K : P(X ≤ x) > 0.025 and P(X ≥ x) > 0.025, X ~ hypergeometric(N, K, n)} ÷ N.
 * If everybody answered, the share alone. Null if none was asked. Buonaccorsi, The American Statistician 41 (1987).
 */
export function ifSilenceWereRandom(answers: Answers): SilenceBounds | null {
  const worst = worstCase(answers)
  if (!worst) return null
  const { favourable, answered, invited } = answers
  const tails = (favourables: number) => hypergeometricTails(favourable, invited, favourables, answered)
  // P(X ≥ x) grows with K and is 1 at the upper worst case; P(X ≤ x) falls and is 1 at the lower.
  const from = first(worst.from, worst.to, k => tails(k).atLeast > MORE_THAN_ROUNDING)
  const beyond = first(from, worst.to + 1, k => tails(k).atMost <= MORE_THAN_ROUNDING)
  return bounds(from, beyond - 1, invited)
}

/** The first whole number in from … to for which it holds, if it holds for all that follow; `to` if for none before. */
function first(from: number, to: number, holds: (k: number) => boolean): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function bounds(from: number, to: number, of: number): SilenceBounds | null {
  return of === 0 ? null : { from, to, low: from / of, high: to / of }
}
