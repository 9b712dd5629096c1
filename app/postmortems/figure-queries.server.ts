/** Postmortems and action items as the figures need them. */
import type { Day } from '#app/measure/period.ts'
import { slicesOf } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'

/** The first publication about each incident, and how many have no date. */
export function firstPublications(db: Db) {
  return db
    .selectFrom('postmortems')
    .where('status', '=', 'published')
    .where('incident_id', 'is not', null)
    .groupBy('incident_id')
    .select(({ fn }) => ['incident_id as incidentId', fn.min('published_at').as('publishedAt')])
    .execute()
}

/** The earliest review meeting about each incident. */
export function firstMeetings(db: Db) {
  return db
    .selectFrom('review_meetings')
    .innerJoin('postmortems', 'postmortems.id', 'review_meetings.postmortem_id')
    .where('postmortems.incident_id', 'is not', null)
    .groupBy('postmortems.incident_id')
    .select(({ fn }) => ['postmortems.incident_id as incidentId', fn.min('review_meetings.starts_at').as('startsAt')])
    .execute()
}

/** Incidents whose postmortem not everybody may read. */
export async function incidentsHeldBack(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortems')
    .where('is_restricted', '=', 1)
    .where('incident_id', 'is not', null)
    .select('incident_id as incidentId')
    .distinct()
    .execute()
  return rows.map(row => row.incidentId as string)
}

/** The organisation's own items that were created or due in the period, or due before today and open then. */
export function actionRows(db: Db, { firstDay, endDay, today }: { firstDay: Day; endDay: Day; today: Day }) {
  return db
    .selectFrom('action_items')
    .leftJoin('postmortems', 'postmortems.id', 'action_items.postmortem_id')
    .where(({ eb, and, or }) =>
      or([
        and([eb('action_items.created_on', '>=', firstDay), eb('action_items.created_on', '<', endDay)]),
        and([eb('action_items.due_on', '>=', firstDay), eb('action_items.due_on', '<', endDay)]),
        and([eb('action_items.due_on', '<', today), eb('action_items.state', 'in', ['open', 'in progress'])]),
        eb('action_items.closed_on', '>', today),
      ]),
    )
    .where(({ eb, or }) => or([eb('postmortems.is_public', 'is', null), eb('postmortems.is_public', '=', 0)]))
    .select([
      'action_items.created_on as createdOn',
      'action_items.due_on as dueOn',
      'action_items.state',
      'action_items.closed_on as closedOn',
    ])
    .execute()
}

/**
 * The organisation's own items of a longer time: created or due in it, closed since it began, or open and due before
 * today. With them one can tell for each of its days what was done and what was late.
 */
export function actionHistoryRows(db: Db, { firstDay, endDay, today }: { firstDay: Day; endDay: Day; today: Day }) {
  return db
    .selectFrom('action_items')
    .leftJoin('postmortems', 'postmortems.id', 'action_items.postmortem_id')
    .leftJoin('action_details', 'action_details.action_id', 'action_items.id')
    .where(({ eb, and, or }) =>
      or([
        and([eb('action_items.created_on', '>=', firstDay), eb('action_items.created_on', '<', endDay)]),
        and([eb('action_items.due_on', '>=', firstDay), eb('action_items.due_on', '<', endDay)]),
        and([eb('action_items.due_on', '<', today), eb('action_items.state', 'in', ['open', 'in progress'])]),
        eb('action_items.closed_on', '>=', firstDay),
      ]),
    )
    .where(({ eb, or }) => or([eb('postmortems.is_public', 'is', null), eb('postmortems.is_public', '=', 0)]))
    .select([
      'action_items.kind',
      'action_items.created_on as createdOn',
      'action_items.due_on as dueOn',
      'action_items.state',
      'action_items.closed_on as closedOn',
      'action_details.effort_tenths as effortTenths',
    ])
    .execute()
}

/** What everybody may read of the organisation's own postmortems that were published then: which, and about what. */
export function openPostmortemsBetween(db: Db, { from, to }: { from: string; to: string }) {
  return db
    .selectFrom('postmortems')
    .where('status', '=', 'published')
    .where('published_at', '>=', from)
    .where('published_at', '<', to)
    .where('archived_at', 'is', null)
    .where('is_restricted', '=', 0)
    .where('is_public', '=', 0)
    .select(['id', 'incident_id as incidentId', 'published_at as publishedAt'])
    .execute()
}

/** How many items of kind prevent of each of these were open on a day. */
export async function openPreventionOf(
  db: Db,
  postmortemIds: readonly string[],
  day: Day,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const some of slicesOf(postmortemIds)) {
    const rows = await db
      .selectFrom('action_items')
      .where('postmortem_id', 'in', some)
      .where('kind', '=', 'prevent')
      .where(({ eb, or }) => or([eb('created_on', 'is', null), eb('created_on', '<=', day)]))
      .where(({ eb, or }) => or([eb('state', 'in', ['open', 'in progress']), eb('closed_on', '>', day)]))
      .groupBy('postmortem_id')
      .select(({ fn }) => ['postmortem_id as postmortemId', fn.countAll<number>().as('n')])
      .execute()
    for (const row of rows) found.set(row.postmortemId as string, Number(row.n))
  }
  return found
}
