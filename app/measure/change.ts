/** When a change may be called one. */
import { demandPart, wilson } from './share.ts'

export type ChangeWord = 'clearly up' | 'clearly down' | 'no clear change'

export interface Change {
  /** Now minus before, as a share: 0.179 are 17.9 points. Null when one of the two has nothing to take a share of. */
  value: number | null
  low: number | null
  high: number | null
  word: ChangeWord
}

/**
 * The word for a change: up or down only if its interval excludes `none` (0 for a difference, 1 for a ratio).
 * A null limit is an open end.
 */
export function changeWord(low: number | null, high: number | null, none: number): ChangeWord {
  if (low !== null && low > none) return 'clearly up'
  if (high !== null && high < none) return 'clearly down'
  return 'no clear change'
}

/**
 * The difference of two independent proportions with Newcombe's hybrid score interval (his method 10):
 * d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²), l and u being Wilson's limits.
 * Newcombe, *Interval estimation for the difference between independent proportions*, Statistics in Medicine 17 (1998).
 */
export function changeOfShare(now: { count: number; n: number }, before: { count: number; n: number }): Change {
  demandPart(now.count, now.n)
  demandPart(before.count, before.n)
  if (now.n === 0 || before.n === 0) return { value: null, low: null, high: null, word: 'no clear change' }
  const [p1, p2] = [now.count / now.n, before.count / before.n]
  const [w1, w2] = [wilson(now.count, now.n), wilson(before.count, before.n)]
  const low = p1 - p2 - Math.hypot(p1 - w1.low, w2.high - p2)
  const high = p1 - p2 + Math.hypot(w1.high - p1, p2 - w2.low)
  return { value: p1 - p2, low, high, word: changeWord(low, high, 0) }
}
