/** Monthly series: what is noise and what is a signal. */

export interface Limits {
  mean: number
  /** The mean moving range. */
  movingRange: number
  low: number
  high: number
}

export type Signal =
  | { kind: 'outside'; at: number; side: 'above' | 'below' }
  /** A whole run, from its first point to its last. */
  | { kind: 'run'; from: number; to: number; side: 'above' | 'below' }

/** A point's value; null where the month has none. Such points are passed over. */
export type Points = readonly (number | null)[]

const RUN = 8

/**
 * Limits of an XmR chart: mean ± 2.66 × mean moving range (2.66 = 3 ÷ d₂, d₂ = 1.128 for pairs), the lower not below 0.
 * Null with fewer than two values. Shewhart (1931); Wheeler, *Understanding Variation* (1993).
 */
export function xmrLimits(points: Points): Limits | null {
  const values = points.filter(point => point !== null)
  if (values.length < 2) return null
  const mean = average(values)
  const movingRange = average(values.slice(1).map((value, i) => Math.abs(value - values[i]!)))
  return { mean, movingRange, low: Math.max(0, mean - 2.66 * movingRange), high: mean + 2.66 * movingRange }
}

/** Points outside the limits, and runs of eight or more in a row on one side of the mean; one on the mean ends a run. */
export function signals(points: Points): Signal[] {
  const limits = xmrLimits(points)
  if (!limits) return []
  const present = points.flatMap((value, at) => (value === null ? [] : { value, at }))
  // Equal but for a rounding is equal.
  const rounding = 1e-9 * Math.max(...present.map(point => Math.abs(point.value)))
  const isAbove = (value: number, line: number) => value > line + rounding
  const outside = present.flatMap(({ value, at }): Signal[] => {
    if (isAbove(value, limits.high)) return [{ kind: 'outside', at, side: 'above' }]
    return isAbove(limits.low, value) ? [{ kind: 'outside', at, side: 'below' }] : []
  })
  const sides = present.map(({ value }) =>
    isAbove(value, limits.mean) ? 'above' : isAbove(limits.mean, value) ? 'below' : 'on',
  )
  const runs: Signal[] = []
  for (let start = 0, i = 1; i <= sides.length; i++) {
    if (sides[i] === sides[start]) continue
    const side = sides[start]!
    if (side !== 'on' && i - start >= RUN)
      runs.push({ kind: 'run', from: present[start]!.at, to: present[i - 1]!.at, side })
    start = i
  }
  return [...outside, ...runs]
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
