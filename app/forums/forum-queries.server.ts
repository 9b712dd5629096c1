/** Forums themselves: one by one, in pages, and those that something is due for. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Tables } from '#db/index.server.ts'

export type ForumRow = Selectable<Tables['forums']>

export function forumById(db: Db, id: string): Promise<ForumRow | undefined> {
  return db.selectFrom('forums').selectAll().where('id', '=', id).executeTakeFirst()
}

export function forumsByIds(db: Db, ids: readonly string[]): Promise<ForumRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db.selectFrom('forums').selectAll().where('id', 'in', ids).execute()
}

export async function insertForum(db: Db, row: Insertable<Tables['forums']>): Promise<void> {
  await db.insertInto('forums').values(row).execute()
}

export async function updateForum(db: Db, id: string, change: Updateable<Tables['forums']>): Promise<void> {
  await db.updateTable('forums').set(change).where('id', '=', id).execute()
}

/** One page of forums in these states, by when they begin. */
export async function pageOfForums(
  db: Db,
  { states, order }: { states: readonly string[]; order: 'asc' | 'desc' },
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: ForumRow[]; total: number }> {
  const matching = db.selectFrom('forums').where('state', 'in', states)
  const [rows, count] = await Promise.all([
    matching.selectAll().orderBy('starts_at', order).orderBy('id', order).limit(limit).offset(offset).execute(),
    matching.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
  ])
  return { rows, total: Number(count.n) }
}

/** All of a series from a day on, by that day. */
export function forumsOfSeries(db: Db, seriesId: string, from: string): Promise<ForumRow[]> {
  return db
    .selectFrom('forums')
    .selectAll()
    .where('series_id', '=', seriesId)
    .where('occurs_on', '>=', from)
    .orderBy('occurs_on')
    .execute()
}

/** The latest of a series before a day that was not cancelled and has a facilitator. */
export function forumBefore(db: Db, seriesId: string, day: string): Promise<ForumRow | undefined> {
  return db
    .selectFrom('forums')
    .selectAll()
    .where('series_id', '=', seriesId)
    .where('occurs_on', '<', day)
    .where('state', '!=', 'cancelled')
    .where('facilitator_id', 'is not', null)
    .orderBy('occurs_on', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Those to come whose calendar entry has changed since it was last mailed. */
export function uninvitedForums(db: Db, from: string, limit: number): Promise<ForumRow[]> {
  return db
    .selectFrom('forums')
    .selectAll()
    .where('starts_at', '>=', from)
    .where(eb => eb.or([eb('invited_sequence', 'is', null), eb('invited_sequence', '<', eb.ref('sequence'))]))
    .orderBy('starts_at')
    .limit(limit)
    .execute()
}

/** Those in these states that begin in [from, to). */
export function forumsBetween(db: Db, states: readonly string[], from: string, to: string): Promise<ForumRow[]> {
  return db
    .selectFrom('forums')
    .selectAll()
    .where('state', 'in', states)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .orderBy('starts_at')
    .execute()
}

/** Closed in [from, to), the latest first. */
export function forumsClosedBetween(db: Db, from: string, to: string): Promise<ForumRow[]> {
  return db
    .selectFrom('forums')
    .selectAll()
    .where('closed_at', '>=', from)
    .where('closed_at', '<', to)
    .orderBy('closed_at', 'desc')
    .execute()
}

/** The last so many that were closed before a moment. */
export async function lastClosed(db: Db, before: string, count: number): Promise<string[]> {
  const rows = await db
    .selectFrom('forums')
    .select('id')
    .where('closed_at', '<', before)
    .orderBy('closed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(count)
    .execute()
  return rows.map(row => row.id)
}

/** When these closed, the first that did first. */
export async function closingsOf(db: Db, ids: readonly string[]): Promise<{ id: string; closedAt: string }[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('forums')
    .select(['id', 'closed_at as closedAt'])
    .where('id', 'in', ids)
    .where('closed_at', 'is not', null)
    .orderBy('closed_at')
    .orderBy('id')
    .execute()
  return rows.map(row => ({ id: row.id, closedAt: row.closedAt as string }))
}

/** Closed before a moment, whose raw presence is still kept. */
export async function forumsWithRawPresence(db: Db, closedBefore: string): Promise<string[]> {
  const rows = await db
    .selectFrom('forums')
    .select('id')
    .where('closed_at', '<', closedBefore)
    .where('presence_erased_at', 'is', null)
    .execute()
  return rows.map(row => row.id)
}

/** Those that this person facilitates or helps to, that are not over. */
export function forumsLedBy(db: Db, personId: string, limit: number): Promise<ForumRow[]> {
  return db
    .selectFrom('forums')
    .selectAll()
    .where('state', 'in', ['scheduled', 'ready', 'live'])
    .where(eb => eb.or([eb('facilitator_id', '=', personId), eb('cofacilitator_id', '=', personId)]))
    .orderBy('starts_at')
    .limit(limit)
    .execute()
}
