/** How long things take: quantiles that really happened, with those still open counted in. */
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf'
import { type Interval, READABLE_FROM } from './share.ts'

export interface Duration {
  value: number
  /** Not over: it has lasted `value` so far, and was dropped or looked at then (right-censored). */
  isOpen: boolean
}

export interface DurationFigure {
  /** The median; null if it was never reached. */
  value: number | null
  p90: number | null
  /** The median's interval. */
  low: number | null
  high: number | null
  /** Open ones included, unknown ones not. */
  n: number
  open: number
  unknown: number
}

/** Sums of fractions in floating point miss a quantile by a rounding; this is allowed for. */
const ROUNDING = 1e-9

/** Minutes from a start to an end, both ISO 8601 with zone; null (unknown) when one is missing or the end comes first. */
export function minutesBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null
  const minutes = (Date.parse(end) - Date.parse(start)) / 60_000
  return minutes >= 0 ? minutes : null
}

/** Median, 90 % quantile and the median's interval of durations, some of them perhaps open. */
export function durationFigure(durations: readonly Duration[], unknown = 0): DurationFigure {
  const open = durations.filter(duration => duration.isOpen).length
  const interval = open > 0 ? null : medianInterval(durations.map(duration => duration.value))
  return {
    value: survivalQuantile(durations, 0.5),
    p90: survivalQuantile(durations, 0.9),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: durations.length,
    open,
    unknown,
  }
}

/** The quantile by nearest rank: the smallest value t with F(t) ≥ p. Type 1 of Hyndman and Fan (1996). */
export function quantile(values: readonly number[], p: number): number | null {
  const rank = Math.max(1, Math.ceil((p - ROUNDING) * values.length))
  return ascending(values)[rank - 1] ?? null
}

/**
 * The quantile of durations of which some are open: the smallest t with S(t) ≤ 1 − p, where
 * S(t) = Π (1 − endedᵢ ÷ at riskᵢ) over the times tᵢ ≤ t. One censored at a time counts as at risk at that time.
 * Null if S never comes down that far. Kaplan and Meier, JASA 53 (1958).
 */
export function survivalQuantile(durations: readonly Duration[], p: number): number | null {
  const sorted = [...durations].sort((a, b) => a.value - b.value)
  let survival = 1
  for (let i = 0; i < sorted.length; ) {
    const { value } = sorted[i]!
    const atRisk = sorted.length - i
    let ended = 0
    do {
      if (!sorted[i]!.isOpen) ended++
      i++
    } while (sorted[i]?.value === value)
    survival *= 1 - ended / atRisk
    if (ended > 0 && survival <= 1 - p + ROUNDING) return value
  }
  return null
}

/**
 * The order-statistic 95 % interval of the median, [x(r), x(n+1−r)] with r the largest such that
 * P(Bin(n, ½) < r) ≤ 0.025; null under n = 6, where there is no such r. Hahn and Meeker, *Statistical Intervals*, 5.2.
 */
export function medianInterval(values: readonly number[]): Interval | null {
  const n = values.length
  if (n < READABLE_FROM) return null
  let [r, beyond] = [1, Math.ceil(n / 2) + 1]
  while (beyond - r > 1) {
    const middle = Math.floor((r + beyond) / 2)
    if (binomialCdf(middle - 1, n, 0.5) <= 0.025) r = middle
    else beyond = middle
  }
  const sorted = ascending(values)
  return { low: sorted[r - 1]!, high: sorted[n - r]! }
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}
