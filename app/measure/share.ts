/** Shares: of events, where chance plays a part, and of people, where everybody was counted. */

/** The 97.5 % quantile of the standard normal distribution. */
export const Z = 1.959963984540054

/** Under this many a figure is shown greyed. */
export const READABLE_FROM = 6

export const TOO_FEW = 'too few to read a trend from'

/** Whether n cases are too few to read a trend from. */
export function isTooFew(n: number): boolean {
  return n < READABLE_FROM
}

export interface Interval {
  low: number
  high: number
}

/** `count` of `n`; all null when there was nothing to take a share of. */
export interface EventShare {
  value: number | null
  count: number
  n: number
  low: number | null
  high: number | null
}

export interface CensusShare {
  value: number | null
  count: number
  n: number
}

/**
 * The share of events of a process that goes on, with Wilson's 95 % score interval:
 * (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n).
 * Wilson, *Probable inference*, JASA 22 (1927); recommended by Brown, Cai, DasGupta, Statistical Science 16 (2001).
 */
export function shareOfEvents(count: number, n: number): EventShare {
  const { value } = shareOfPeople(count, n)
  const interval = n === 0 ? null : wilson(count, n)
  return { value, count, n, low: interval?.low ?? null, high: interval?.high ?? null }
}

/** The share of people in a census: everybody was counted, so there is no interval, only n of N. */
export function shareOfPeople(count: number, n: number): CensusShare {
  demandPart(count, n)
  return { value: n === 0 ? null : count / n, count, n }
}

/** Wilson's 95 % interval of a proportion; see shareOfEvents. n must not be 0. */
export function wilson(count: number, n: number): Interval {
  const p = count / n
  const weight = 1 + Z ** 2 / n
  const middle = (p + Z ** 2 / (2 * n)) / weight
  const half = (Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2))) / weight
  // At the ends the limit is the end itself; the arithmetic would miss it by a rounding.
  return { low: count === 0 ? 0 : middle - half, high: count === n ? 1 : middle + half }
}

/** @throws RangeError unless 0 ≤ count ≤ n in whole numbers: such a share would be a lie. */
export function demandPart(count: number, n: number): void {
  if (!Number.isInteger(count) || !Number.isInteger(n) || count < 0 || count > n)
    throw new RangeError(`${count} is not a part of ${n}.`)
}
