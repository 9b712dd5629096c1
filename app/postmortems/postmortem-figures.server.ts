/** Reads what the figures on postmortems and action items are made of, for the rooms above. */
import { dayAt, type Period } from '#app/measure/period.ts'
import type { Db } from '#db/index.server.ts'
import type { ActionFact } from './action-figures.ts'
import { actionRows, firstMeetings, firstPublications } from './figure-queries.server.ts'
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
