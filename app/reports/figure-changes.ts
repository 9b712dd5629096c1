/** What may be said of the difference between two periods: pure. The one place where a report decides on 'clearly'. */
import { changeOfShare } from '#app/measure/change.ts'
import type { Duration } from '#app/measure/durations.ts'
import { medianInterval } from '#app/measure/durations.ts'
import type { Figure, Figures } from '#app/measure/figure.ts'
import { rateRatio } from '#app/measure/rate.ts'
import { type Interval, isTooFew } from '#app/measure/share.ts'
import { survivalMedianInterval } from '#app/measure/survival.ts'
import type { Better, Change, HeadlineFigure } from './report.ts'

export interface FigureChange {
  id: string
  change: Change
  measure: HeadlineFigure['measure']
  better: Better
  now: Figure
  before: Figure | null
  /** Clearly for the better, clearly for the worse, or neither. */
  verdict: 'better' | 'worse' | null
}

interface Kind {
  measure: HeadlineFigure['measure']
  better: Better
}

/** Figures of which a change is worth a word. */
export const COMPARED: Record<string, Kind> = {
  'incidents.count': { measure: 'count', better: null },
  'incidents.density': { measure: 'rate', better: 'lower' },
  'incidents.perMillionRequests': { measure: 'rate', better: 'lower' },
  'time.toDetect': { measure: 'minutes', better: 'lower' },
  'time.toAcknowledge': { measure: 'minutes', better: 'lower' },
  'time.toMitigate': { measure: 'minutes', better: 'lower' },
  'time.toResolve': { measure: 'minutes', better: 'lower' },
  'detection.customerShare': { measure: 'share', better: 'lower' },
  'postmortems.onTime': { measure: 'share', better: 'higher' },
  'postmortems.onTimeSev1': { measure: 'share', better: 'higher' },
  'postmortems.coverage': { measure: 'share', better: 'higher' },
  'reviews.within48h': { measure: 'share', better: 'higher' },
  'actions.completed': { measure: 'share', better: 'higher' },
  'actions.onTime': { measure: 'share', better: 'higher' },
  'actions.daysToComplete': { measure: 'days', better: 'lower' },
  'incidents.repeatShare': { measure: 'share', better: 'lower' },
  'participation.ledEver': { measure: 'census', better: 'higher' },
  'participation.ledLast12Months': { measure: 'census', better: 'higher' },
  'forums.reach': { measure: 'census', better: 'higher' },
  'forums.onTime': { measure: 'share', better: 'higher' },
}

/** For a survey's questions: the share of favourable answers, compared between waves. */
export const FAVOURABLE: Kind = { measure: 'share', better: 'higher' }

/** What a comparison needs beside the figures themselves. */
export interface Comparison {
  /** Days of both periods, by which counts of incidents are compared. */
  days: { now: number; before: number }
  /** The times of which a figure is the median, by its id. */
  times: Record<string, { now: readonly Duration[]; before: readonly Duration[] }>
}

/** The change of each figure that both periods have; also of every survey figure. */
export function figureChanges(now: Figures, previous: Figures, comparison: Comparison): Record<string, FigureChange> {
  const changes: Record<string, FigureChange> = {}
  for (const [id, figure] of Object.entries(now)) {
    const kind = COMPARED[id] ?? (isQuestion(id) ? FAVOURABLE : undefined)
    if (kind) changes[id] = changeOf(id, kind, figure, previous[id] ?? null, comparison)
  }
  return changes
}

export function isQuestion(id: string): boolean {
  return id.startsWith('survey.') && id !== 'survey.responseRate'
}

function changeOf(
  id: string,
  { measure, better }: Kind,
  now: Figure,
  before: Figure | null,
  comparison: Comparison,
): FigureChange {
  const change = before === null ? 'too few to tell' : wordFor(id, measure, now, before, comparison)
  const clearly = change === 'clearly up' ? 'higher' : change === 'clearly down' ? 'lower' : null
  const verdict = clearly === null || better === null ? null : clearly === better ? 'better' : 'worse'
  return { id, change, measure, better, now, before, verdict }
}

function wordFor(
  id: string,
  measure: Kind['measure'],
  now: Figure,
  before: Figure,
  { days, times }: Comparison,
): Change {
  if (measure === 'census') return 'counted'
  if (measure === 'count') {
    const [one, other] = [now.value ?? 0, before.value ?? 0]
    if (isTooFew(one + other)) return 'too few to tell'
    return rateRatio({ count: one, exposure: days.now }, { count: other, exposure: days.before }).word
  }
  if (measure === 'rate') return rateChange(now, before)
  if (measure === 'share') return shareChange(now, before)
  return medianChange(times[id]?.now ?? [], times[id]?.before ?? [])
}

/** Newcombe's interval of the difference; under six on either side nothing is said. */
export function shareChange(now: Figure, before: Figure): Change {
  const sides = [now, before].map(({ count, n }) => ({ count: count ?? 0, n: n ?? 0 }))
  const [one, other] = sides as [(typeof sides)[0], (typeof sides)[0]]
  if (isTooFew(one.n) || isTooFew(other.n)) return 'too few to tell'
  return changeOfShare(one, other).word
}

/** The exact conditional interval of the ratio; under six events on both sides together nothing is said. */
function rateChange(now: Figure, before: Figure): Change {
  const [one, other] = [eventsOf(now), eventsOf(before)]
  if (one.exposure === 0 || other.exposure === 0 || isTooFew(one.count + other.count)) return 'too few to tell'
  return rateRatio(one, other).word
}

function eventsOf(figure: Figure): { count: number; exposure: number } {
  return { count: figure.count ?? 0, exposure: figure.deployments ?? figure.requests ?? 0 }
}

/**
 * Two medians differ clearly when their 95 % intervals do not touch: stricter than a test of the difference would be
 * (both would miss by chance together in far fewer than one case of twenty), and it can be seen in the intervals shown.
 * Order statistics where nothing is open, else Brookmeyer and Crowley's. Schenker and Gentleman, *On judging the
 * significance of differences by examining the overlap between confidence intervals*, American Statistician 55 (2001).
 */
export function medianChange(now: readonly Duration[], before: readonly Duration[]): Change {
  if (isTooFew(now.length) || isTooFew(before.length)) return 'too few to tell'
  const [one, other] = [intervalOf(now), intervalOf(before)]
  if (one === null || other === null) return 'no clear change'
  if (one.low > other.high) return 'clearly up'
  return one.high < other.low ? 'clearly down' : 'no clear change'
}

function intervalOf(times: readonly Duration[]): Interval | null {
  if (times.some(time => time.isOpen)) return survivalMedianInterval(times)
  return medianInterval(times.map(time => time.value))
}
