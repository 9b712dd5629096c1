/** How long things took, in classes that grow: most are short, and a few are very long. Pure. */
import { type Duration, quantile, survivalQuantile } from '#app/measure/durations.ts'
import { survivalCurve } from '#app/measure/survival.ts'
import type { DistributionExhibit, SurvivalExhibit } from './report.ts'

/** Upper ends in minutes, the last class open. */
const MINUTES: [limit: number, label: string][] = [
  [5, 'up to 5 min'],
  [15, '5 to 15 min'],
  [30, '15 to 30 min'],
  [60, '30 to 60 min'],
  [120, '1 to 2 h'],
  [240, '2 to 4 h'],
  [480, '4 to 8 h'],
  [1440, '8 to 24 h'],
  [Number.POSITIVE_INFINITY, 'over a day'],
]

type Drawn = Pick<DistributionExhibit, 'id' | 'title' | 'caption' | 'figure'>

/** Those that are over by class, with the median and 90 % of all, those still open counted in. */
export function distributionOf(
  drawn: Drawn,
  now: readonly Duration[],
  before: readonly Duration[] | null,
): DistributionExhibit {
  const inClass = (times: readonly Duration[], i: number) =>
    times.filter(({ value, isOpen }) => !isOpen && value <= MINUTES[i]![0] && (i === 0 || value > MINUTES[i - 1]![0]))
      .length
  return {
    kind: 'distribution',
    ...drawn,
    unit: 'minutes',
    classes: MINUTES.map(([, label], i) => ({
      label,
      count: inClass(now, i),
      before: before ? inClass(before, i) : null,
    })),
    median: survivalQuantile(now, 0.5),
    p90: survivalQuantile(now, 0.9),
    open: now.filter(time => time.isOpen).length,
  }
}

/** Curves of what is not over yet, one for each period that has any. */
export function survivalOf(
  drawn: Omit<SurvivalExhibit, 'kind' | 'curves' | 'unit'>,
  curves: readonly { label: string; times: readonly Duration[] }[],
): SurvivalExhibit {
  return {
    kind: 'survival',
    ...drawn,
    unit: 'days',
    curves: curves
      .filter(curve => curve.times.length > 0)
      .map(({ label, times }) => ({
        label,
        n: times.length,
        steps: survivalCurve(times).map(({ time, share, low, high }) => ({ day: time, share, low, high })),
      })),
  }
}

/** The value that a whole list of numbers has at its middle; null for none. */
export function middleOf(values: readonly number[]): number | null {
  return quantile(values, 0.5)
}
