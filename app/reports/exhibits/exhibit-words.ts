/** An exhibit in words: what stands for the picture where it is not seen, and what is said of each of its points. */
import type { DistributionExhibit, Exhibit, RunExhibit } from '../report.ts'
import { pointNotes, tableOf } from './exhibit-table.ts'
import { FEW, numberWords, percentNumber, percentWords, TOO_FEW, withUnit } from './number-words.ts'

/** Whether all of it rests on fewer observations than a trend can be read from. */
export function isTooFew(exhibit: Exhibit): boolean {
  const few = (counts: (number | null)[]) => counts.length > 0 && counts.every(n => n !== null && n < FEW)
  switch (exhibit.kind) {
    case 'run':
      return total(exhibit.points.map(point => point.n)) < FEW && exhibit.points.every(point => point.n !== null)
    case 'distribution':
      return total(exhibit.classes.map(one => one.count)) < FEW
    case 'survival':
      return few(exhibit.curves.map(curve => curve.n))
    case 'diverging':
      return few(exhibit.rows.map(row => row.n))
    default:
      return false
  }
}

function total(counts: (number | null)[]): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

/** What stands for the picture. */
export function alternativeText(exhibit: Exhibit): string {
  const words = [`${KINDS[exhibit.kind]}: ${exhibit.title}.`, ...(isTooFew(exhibit) ? [`${capital(TOO_FEW)}.`] : [])]
  return [...words, ...whatItShows(exhibit)].join(' ')
}

const KINDS: Record<Exhibit['kind'], string> = {
  run: 'Run chart',
  distribution: 'Distribution',
  survival: 'Curves of what is still open',
  diverging: 'Diverging bars',
  bars: 'Bars',
  multiples: 'Small multiples',
  table: 'Table',
}

function whatItShows(exhibit: Exhibit): string[] {
  switch (exhibit.kind) {
    case 'run':
      return runInWords(exhibit)
    case 'distribution':
      return distributionInWords(exhibit)
    case 'survival':
      return exhibit.curves.map(({ label, n, steps }) => {
        const half = steps.find(step => step.share <= 0.5)
        const last = steps.at(-1)
        const so = half ? `half are done after ${withUnit(half.day, 'days')}` : 'fewer than half are done so far'
        return `${label} (n ${n}): ${so}${last ? `; after ${withUnit(last.day, 'days')} ${percentWords(last.share)} are still open` : ''}.`
      })
    case 'diverging':
      return exhibit.rows.map(
        row =>
          `${row.label} ${percentWords(row.favourable)} favourable, ${percentWords(row.neutral)} neutral, ${percentWords(row.unfavourable)} unfavourable (n ${row.n}).`,
      )
    case 'bars':
      return [`${exhibit.bars.map(bar => `${bar.label} ${withUnit(bar.value, exhibit.unit)}`).join(', ')}.`]
    case 'multiples':
      return exhibit.series.map(({ label, values }) => {
        const known = values.filter(value => value !== null)
        return known.length
          ? `${label}: from ${numberWords(Math.min(...known))} to ${withUnit(Math.max(...known), exhibit.unit)}, last ${numberWords(values.at(-1) ?? null)}.`
          : `${label}: nothing known.`
      })
    case 'table':
      return [`${exhibit.rows.length === 1 ? 'One row' : `${exhibit.rows.length} rows`}.`]
  }
}

function runInWords(exhibit: RunExhibit): string[] {
  const { points, unit, stretches, breaks, target } = exhibit
  const known = points.flatMap((point, at) => (point.value === null ? [] : { ...point, value: point.value, at }))
  const [first, last] = [points[0], known.at(-1)]
  if (!first || !last) return ['Nothing is known yet.']
  const least = known.reduce((one, other) => (other.value < one.value ? other : one))
  const most = known.reduce((one, other) => (other.value > one.value ? other : one))
  const limits = stretches.at(-1)?.limits
  const marked = points.flatMap((point, at) => {
    const notes = pointNotes(exhibit, at).filter(note => /chance|run/.test(note))
    return notes.length ? `${point.label} ${notes.join(' and ')}` : []
  })
  return [
    `${first.label} to ${points.at(-1)?.label}; last ${withUnit(last.value, unit)} in ${last.label}, lowest ${numberWords(least.value)} in ${least.label}, highest ${numberWords(most.value)} in ${most.label}.`,
    ...(limits ? [`Chance alone gives ${numberWords(limits.low)} to ${numberWords(limits.high)}.`] : []),
    ...(target === null ? [] : [`The target is ${numberWords(target)}.`]),
    marked.length ? `Signals: ${marked.join('; ')}.` : 'No signal.',
    ...breaks.map(({ at, why }) => `Not comparable before ${points[at]?.label}: ${why}.`),
  ]
}

function distributionInWords({ classes, unit, median, p90, open }: DistributionExhibit): string[] {
  return [
    `${classes.map(({ label, count }) => `${label} ${unit} ${count}`).join(', ')}.`,
    ...(median === null ? [] : [`Half took at most ${withUnit(median, unit)}.`]),
    ...(p90 === null ? [] : [`Nine in ten took at most ${withUnit(p90, unit)}.`]),
    ...(open ? [`${numberWords(open)} still open.`] : []),
  ]
}

/** A point that the keyboard can reach: what is said of it, and where a chart has it. */
export interface SaidPoint {
  said: string
  dataset: number
  index: number
}

export function pointsSaid(exhibit: Exhibit): SaidPoint[] {
  switch (exhibit.kind) {
    case 'run':
      return exhibit.points.map(({ label, value, n }, index) => ({
        said: [
          `${label}: ${withUnit(value, exhibit.unit)}${n === null ? '' : `, n ${n}`}`,
          ...pointNotes(exhibit, index),
        ].join('; '),
        dataset: 0,
        index,
      }))
    case 'distribution':
      return exhibit.classes.map(({ label, count, before }, index) => ({
        said: `${label} ${exhibit.unit}: ${count}${before === null ? '' : `, before ${before}`}`,
        dataset: 0,
        index,
      }))
    case 'survival':
      return exhibit.curves.flatMap(({ label, steps }, dataset) =>
        steps.map(({ day, share, low, high }, index) => ({
          said: `${label}, after ${withUnit(day, 'days')}: ${percentWords(share)} still open, ${percentNumber(low)} to ${percentNumber(high)}`,
          dataset,
          index,
        })),
      )
    case 'multiples':
      return exhibit.series.flatMap(({ label, values }, dataset) =>
        values.map((value, index) => ({
          said: `${label}, ${exhibit.labels[index]}: ${withUnit(value, exhibit.unit)}`,
          dataset,
          index,
        })),
      )
    case 'diverging':
      return exhibit.rows.map((row, index) => ({
        said: `${row.label} n ${row.n}: ${percentWords(row.unfavourable)} unfavourable, ${percentWords(row.neutral)} neutral, ${percentWords(row.favourable)} favourable`,
        dataset: 2,
        index,
      }))
    case 'bars':
      return exhibit.bars.map((bar, index) => ({
        said: `${bar.label}: ${withUnit(bar.value, exhibit.unit)}${bar.note ? `, ${bar.note}` : ''}`,
        dataset: 0,
        index,
      }))
    case 'table':
      return tableOf(exhibit).rows.map((row, index) => ({ said: row.join(', '), dataset: 0, index }))
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
