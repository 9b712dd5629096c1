/** The live board's clock, events and commands: rows in, rows out. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import { isStorable } from '#app/identity/fields.ts'
import { type Db, insertRows, type Tx } from '#db/index.server.ts'
import type { ForumsTables, LiveTables } from '#db/tables/forums.ts'

export type LiveRow = Selectable<LiveTables['forum_live']>
export type EventRow = Selectable<LiveTables['forum_events']>

const forumColumns = [
  'id',
  'title',
  'state',
  'starts_at',
  'time_zone',
  'minutes',
  'facilitator_id',
  'cofacilitator_id',
  'opening_minutes',
  'patterns_minutes',
  'buffer_minutes',
] as const
export type LiveForumRow = Pick<Selectable<ForumsTables['forums']>, (typeof forumColumns)[number]>

export function liveForum(db: Db, id: string): Promise<LiveForumRow | undefined> {
  if (!isStorable(id)) return Promise.resolve(undefined)
  return db.selectFrom('forums').select(forumColumns).where('id', '=', id).executeTakeFirst()
}

export function liveRow(db: Db, forumId: string): Promise<LiveRow | undefined> {
  return db.selectFrom('forum_live').selectAll().where('forum_id', '=', forumId).executeTakeFirst()
}

export async function insertLive(tx: Tx, row: Insertable<LiveTables['forum_live']>): Promise<void> {
  await tx.insertInto('forum_live').values(row).execute()
}

export async function updateLive(tx: Tx, forumId: string, row: Updateable<LiveTables['forum_live']>): Promise<void> {
  await tx.updateTable('forum_live').set(row).where('forum_id', '=', forumId).execute()
}

export async function setForumState(
  tx: Tx,
  id: string,
  row: Pick<Updateable<ForumsTables['forums']>, 'state' | 'updated_at'>,
): Promise<void> {
  await tx.updateTable('forums').set(row).where('id', '=', id).execute()
}

export async function insertEvent(tx: Tx, row: EventRow): Promise<void> {
  await tx.insertInto('forum_events').values(row).execute()
}

/** Events after a revision, in their order. */
export function eventsAfter(db: Db, forumId: string, seq: number, limit: number): Promise<EventRow[]> {
  return db
    .selectFrom('forum_events')
    .selectAll()
    .where('forum_id', '=', forumId)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The revisions of these forums. */
export async function revisionsOf(db: Db, forumIds: string[]): Promise<Map<string, number>> {
  if (forumIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('forum_live')
    .select(['forum_id', 'revision'])
    .where('forum_id', 'in', forumIds)
    .execute()
  return new Map(rows.map(row => [row.forum_id, row.revision]))
}

/** What a command was answered with; null when it has not been seen. */
export async function resultOf(tx: Tx, forumId: string, commandId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('forum_commands')
    .select('result')
    .where('forum_id', '=', forumId)
    .where('command_id', '=', commandId)
    .executeTakeFirst()
  return row?.result ?? null
}

export async function insertResult(tx: Tx, row: LiveTables['forum_commands']): Promise<void> {
  await tx.insertInto('forum_commands').values(row).execute()
}

export async function noteFacilitatorSeen(db: Db, forumId: string, at: string): Promise<void> {
  await db.updateTable('forum_live').set({ facilitator_seen_at: at }).where('forum_id', '=', forumId).execute()
}

const itemColumns = [
  'id',
  'position',
  'incident_id',
  'postmortem_id',
  'title',
  'presenter_id',
  'context_minutes',
  'discussion_minutes',
  'capture_minutes',
] as const
export type LiveItemRow = Pick<Selectable<ForumsTables['forum_items']>, (typeof itemColumns)[number]>

/** The agenda as it was planned, without what was skipped before. */
export function liveItems(db: Db, forumId: string): Promise<LiveItemRow[]> {
  return db
    .selectFrom('forum_items')
    .select(itemColumns)
    .where('forum_id', '=', forumId)
    .where('state', '!=', 'skipped')
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export interface Sitting {
  forumId: string
  personId: string
  step: string
  sitting: string
  presentMs: number
  lastSeenAt: string
}

/** Keeps how long people have been there; each row counts up and replaces what it said before. */
export async function putSittings(tx: Tx, sittings: Sitting[]): Promise<void> {
  await insertRows(
    tx,
    'forum_presence',
    sittings.map(one => ({
      forum_id: one.forumId,
      person_id: one.personId,
      step: one.step,
      sitting: one.sitting,
      present_ms: one.presentMs,
      last_seen_at: one.lastSeenAt,
    })),
    { on: ['forum_id', 'person_id', 'step', 'sitting'], update: ['present_ms', 'last_seen_at'] },
  )
}

/** Who has been seen since, and does not hide. */
export async function seenSince(
  db: Db,
  forumId: string,
  since: string,
): Promise<{ personId: string; isHidden: boolean }[]> {
  const rows = await db
    .selectFrom('forum_presence')
    .leftJoin('forum_presence_choices', 'forum_presence_choices.person_id', 'forum_presence.person_id')
    .select(['forum_presence.person_id as personId', 'forum_presence_choices.hidden'])
    .where('forum_presence.forum_id', '=', forumId)
    .where('forum_presence.last_seen_at', '>', since)
    .groupBy(['forum_presence.person_id', 'forum_presence_choices.hidden'])
    .orderBy('forum_presence.person_id')
    .execute()
  return rows.map(({ personId, hidden }) => ({ personId, isHidden: hidden === 1 }))
}

/** How long each person was there during each step. */
export async function presenceOf(
  db: Db,
  forumId: string,
): Promise<{ personId: string; step: string; presentMs: number }[]> {
  const rows = await db
    .selectFrom('forum_presence')
    .select(({ fn }) => ['person_id as personId', 'step', fn.sum<number>('present_ms').as('presentMs')])
    .where('forum_id', '=', forumId)
    .groupBy(['person_id', 'step'])
    .execute()
  return rows.map(row => ({ ...row, presentMs: Number(row.presentMs) }))
}

/** Erases who was there for how long. */
export async function erasePresence(tx: Tx, forumIds: string[]): Promise<void> {
  if (forumIds.length) await tx.deleteFrom('forum_presence').where('forum_id', 'in', forumIds).execute()
}

export async function isHidden(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('forum_presence_choices')
    .select('hidden')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.hidden === 1
}

/** Notes whether somebody wants their initials hidden, from now on and in every forum. */
export async function setHidden(db: Db, personId: string, isNow: boolean, at: string): Promise<void> {
  const choice = { hidden: isNow ? 1 : 0, changed_at: at }
  await db
    .insertInto('forum_presence_choices')
    .values({ person_id: personId, ...choice })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet(choice))
    .execute()
}
