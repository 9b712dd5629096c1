/** Postmortems and action items as the figures need them. */
import type { Day } from '#app/measure/period.ts'
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
