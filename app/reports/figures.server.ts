import { readForumFigures } from '#app/forums/forum-figures.server.ts'
import { type Actor, demand } from '#app/identity/actor.ts'
import { invalid } from '#app/identity/fields.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import type { Settings } from '#app/identity/settings.ts'
import { readIncidentRows } from '#app/incidents/incident-figures.server.ts'
import type { Figures } from '#app/measure/figure.ts'
import { isDay, type Period, periodBefore, periodBetween } from '#app/measure/period.ts'
import { readParticipation } from '#app/participation/participation-figures.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { FieldError } from '#app/platform/errors.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { readActions, readMeetings, readPublications } from '#app/postmortems/postmortem-figures.server.ts'
import { readSurveyFigures } from '#app/surveys/results/survey-figures.server.ts'
import type { Db } from '#db/index.server.ts'
import { figuresOf } from './figures.ts'

export interface FiguresReport {
  /** The first day, and the day after the last, in the organisation's time zone. */
  from: string
  to: string
  /** The moment of looking, ISO 8601 UTC. */
  asOf: string
  timeZone: string
  /** What an hour of downtime is assumed to cost. */
  costPerHour: number
  figures: Figures
}

/**
 * The figures of the period [from, to) as they were at `asOf`, or are now. A fixed number of queries, whatever there is.
 * @param asked days, and a moment with its zone.
 * @throws AppError invalid naming from, to or asOf.
 */
export async function readFigures(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  asked: { from: string; to: string; asOf?: string },
): Promise<FiguresReport> {
  demand(actor, 'read')
  const settings = await readSettings(db)
  const { timeZone, hourlyDowntimeCost } = settings
  const { period, asOf } = readPeriod(asked, timeZone, isoNow(clock))
  return {
    from: period.firstDay,
    to: period.endDay,
    asOf: asOf.replace('.000Z', 'Z'),
    timeZone,
    costPerHour: hourlyDowntimeCost,
    figures: await figuresOfPeriod(db, settings, period, asOf),
  }
}

/** The same for a period and a moment that are known. */
export async function figuresOfPeriod(
  db: Db,
  { hourlyDowntimeCost, participationTarget, onTimeTarget }: Settings,
  period: Period,
  asOf: string,
): Promise<Figures> {
  const before = periodBefore(period)
  const [incidentRows, publications, meetings, actions, participation, forums, surveys] = await Promise.all([
    readIncidentRows(db, period, before),
    readPublications(db),
    readMeetings(db),
    readActions(db, period, asOf),
    readParticipation(db, { period, asOf, target: participationTarget / 100 }),
    readForumFigures(db, { period, asOf }),
    readSurveyFigures(db, asOf),
  ])
  const figures = figuresOf({
    ...incidentRows,
    period,
    before,
    asOf,
    costPerHour: hourlyDowntimeCost,
    publications,
    meetings,
    onTimeTarget: onTimeTarget / 100,
    actions,
    participation,
    forums,
  })
  return { ...figures, ...surveys }
}

function readPeriod(asked: { from: string; to: string; asOf?: string }, timeZone: string, now: string) {
  const errors: FieldError[] = []
  for (const path of ['from', 'to'] as const)
    if (!isDay(asked[path])) errors.push({ path, message: 'Write a day as YYYY-MM-DD.' })
  if (errors.length === 0 && asked.from >= asked.to)
    errors.push({ path: 'to', message: 'The period ends before this day, so it must be later than the first.' })
  const moment = asked.asOf === undefined ? null : parseInstant(asked.asOf)
  if (moment && moment.kind !== 'instant')
    errors.push({ path: 'asOf', message: 'Write a time with its zone, such as 2026-10-05T00:00:00Z.' })
  if (errors.length > 0) throw invalid(errors)
  const period = periodBetween(asked.from, asked.to, timeZone)
  const asOf = moment?.kind === 'instant' ? moment.iso : now
  if (asOf <= period.from)
    throw invalid([{ path: asked.asOf === undefined ? 'from' : 'asOf', message: 'The period has not begun then.' }])
  return { period, asOf }
}
