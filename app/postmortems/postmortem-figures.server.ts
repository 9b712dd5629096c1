/** Reads what the figures on postmortems and action items are made of, for the rooms above. */
import { dayAt, type Period } from '#app/measure/period.ts'
import type { Db } from '#db/index.server.ts'
import type { ActionFact, ActionHistoryFact } from './action-figures.ts'
import {
  actionHistoryRows,
  actionRows,
  firstMeetings,
  firstPublications,
  incidentsHeldBack,
} from './figure-queries.server.ts'
import type { Meetings, Publications } from './postmortem-figures.ts'

/**
 * One query. Restricted and archived postmortems are among them: they were written and published, and a figure that
 * called them missing would be wrong; that they exist is all that it tells.
 */
export async function readPublications(db: Db): Promise<Publications> {
  return new Map((await firstPublications(db)).map(row => [row.incidentId as string, { publishedAt: row.publishedAt }]))
}

/** When the first review meeting about each incident was, or will be; one query. */
export async function readMeetings(db: Db): Promise<Meetings> {
  return new Map((await firstMeetings(db)).map(row => [row.incidentId as string, row.startsAt]))
}

/** One query. Items of public incidents, which others promised, are not among them. */
export async function readActions(db: Db, period: Period, asOf: string): Promise<ActionFact[]> {
  const rows = await actionRows(db, { ...period, today: dayAt(asOf, period.timeZone) })
  return rows as ActionFact[]
}

/** The items of a longer time, from which each of its months can be worked out; one query. */
export async function readActionHistory(db: Db, history: Period, asOf: string): Promise<ActionHistoryFact[]> {
  const rows = await actionHistoryRows(db, { ...history, today: dayAt(asOf, history.timeZone) })
  return rows as ActionHistoryFact[]
}

/** Incidents of which nothing but their number may be told: their postmortem is restricted. One query. */
export async function readHeldBack(db: Db): Promise<ReadonlySet<string>> {
  return new Set(await incidentsHeldBack(db))
}
