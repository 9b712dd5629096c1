/** Where in the classes of a distribution its median and its 90th percentile lie. */
import type { DistributionExhibit } from '../report.ts'
import { numberWords } from './number-words.ts'

export interface DistributionMark {
  /** In classes from the left: 2.5 is the middle of the third. */
  at: number
  words: string
}

const MINUTES: Record<string, number> = { min: 1, h: 60, day: 1440 }

/** Where a class begins, by its own name: `up to 5 min`, `1 to 2 h`, `over a day`, `15–60`. */
function startOf(label: string): number {
  if (/^(under|up to|<|≤)/.test(label)) return 0
  const [, number, own] = /(\d+(?:\.\d+)?|\ban?)\s*(min|h|day)?/.exec(label.replaceAll(',', '')) ?? []
  if (number === undefined) return Number.NaN
  const unit = own ?? /(min|h|day)s?$/.exec(label)?.[1] ?? 'min'
  return (/\d/.test(number) ? Number(number) : 1) * (MINUTES[unit] ?? 1)
}

/** Read off the classes' own names; where these cannot be put in order, nothing is marked. */
export function distributionMarks({ classes, median, p90 }: DistributionExhibit): DistributionMark[] {
  const starts = classes.map(({ label }) => startOf(label))
  if (starts.some(start => Number.isNaN(start))) return []
  if (starts.some((start, index) => index > 0 && start <= (starts[index - 1] ?? 0))) return []
  const place = (value: number) => {
    const index = Math.max(
      0,
      starts.findLastIndex(start => start <= value),
    )
    const [from, to] = [starts[index] ?? 0, starts[index + 1]]
    return index + (to === undefined ? 0.5 : Math.min(1, (value - from) / (to - from)))
  }
  return [
    ...(median === null ? [] : [{ at: place(median), words: `half ${numberWords(median)}` }]),
    ...(p90 === null ? [] : [{ at: place(p90), words: `nine in ten ${numberWords(p90)}` }]),
  ]
}

/** Where a column's figure stands: above it, and above the line of the period before where that would cross it. */
export function aboveColumn(top: number, before: number | null): number {
  return before !== null && before <= top + 2 && before > top - 20 ? before - 6 : top - 6
}
