/** Agendas, and what people would like to see on one. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Tables } from '#db/index.server.ts'

export type ItemRow = Selectable<Tables['forum_items']>

/** The items of forums, in the order of their agendas. */
export function itemsOf(db: Db, forumIds: readonly string[]): Promise<ItemRow[]> {
  if (forumIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('forum_items')
    .selectAll()
    .where('forum_id', 'in', forumIds)
    .orderBy('forum_id')
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export async function insertItem(db: Db, row: Insertable<Tables['forum_items']>): Promise<void> {
  await db.insertInto('forum_items').values(row).execute()
}

export async function updateItem(db: Db, id: string, change: Updateable<Tables['forum_items']>): Promise<void> {
  await db.updateTable('forum_items').set(change).where('id', '=', id).execute()
}

export async function deleteItem(db: Db, id: string): Promise<void> {
  await db.deleteFrom('forum_items').where('id', '=', id).execute()
}

/** Where these incidents or postmortems are, or were, on an agenda; the latest forum first. */
export async function placesOnAgendas(db: Db, { incidentIds, postmortemIds }: Subjects) {
  if (incidentIds.length + postmortemIds.length === 0) return []
  return db
    .selectFrom('forum_items')
    .innerJoin('forums', 'forums.id', 'forum_items.forum_id')
    .select([
      'forum_items.id as itemId',
      'forum_items.incident_id as incidentId',
      'forum_items.postmortem_id as postmortemId',
      'forum_items.state as itemState',
      'forums.id as forumId',
      'forums.title as forumTitle',
      'forums.state as forumState',
      'forums.starts_at as startsAt',
      'forums.facilitator_id as facilitatorId',
      'forums.cofacilitator_id as cofacilitatorId',
    ])
    .where(eb =>
      eb.or([
        ...(incidentIds.length > 0 ? [eb('forum_items.incident_id', 'in', incidentIds)] : []),
        ...(postmortemIds.length > 0 ? [eb('forum_items.postmortem_id', 'in', postmortemIds)] : []),
      ]),
    )
    .where('forums.state', '!=', 'cancelled')
    .orderBy('forums.starts_at', 'desc')
    .orderBy('forum_items.id')
    .execute()
}

export interface Subjects {
  incidentIds: readonly string[]
  postmortemIds: readonly string[]
}

/** What people asked for since a moment, the longest waiting first. */
export function suggestionsSince(db: Db, from: string, limit: number) {
  return db
    .selectFrom('forum_suggestions')
    .select(['incident_id as incidentId', 'person_id as personId', 'why', 'at'])
    .where('at', '>=', from)
    .orderBy('at')
    .orderBy('incident_id')
    .limit(limit)
    .execute()
}

export async function putSuggestion(db: Db, row: Insertable<Tables['forum_suggestions']>): Promise<void> {
  await db
    .insertInto('forum_suggestions')
    .values(row)
    .onConflict(conflict => conflict.columns(['incident_id', 'person_id']).doUpdateSet({ why: row.why, at: row.at }))
    .execute()
}

/** Nobody needs to ask again for what has been discussed. */
export async function removeSuggestionsFor(db: Db, incidentIds: readonly string[]): Promise<void> {
  if (incidentIds.length > 0) await db.deleteFrom('forum_suggestions').where('incident_id', 'in', incidentIds).execute()
}
