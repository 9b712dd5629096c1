/** What forums leave behind: records, themes by item, proposals and what became of them. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import { type Db, insertRows, type Tables, type Tx } from '#db/index.server.ts'

export type RecordRow = Selectable<Tables['forum_records']>
export type FollowUpRow = Selectable<Tables['forum_follow_ups']>

export function recordOf(db: Db, forumId: string): Promise<RecordRow | undefined> {
  return db.selectFrom('forum_records').selectAll().where('forum_id', '=', forumId).executeTakeFirst()
}

export async function insertRecord(db: Db, row: Insertable<Tables['forum_records']>): Promise<void> {
  await db.insertInto('forum_records').values(row).execute()
}

export async function insertFollowUps(tx: Tx, rows: readonly FollowUpRow[]): Promise<void> {
  await insertRows(tx, 'forum_follow_ups', rows)
}

export function followUpById(db: Db, id: string): Promise<FollowUpRow | undefined> {
  return db.selectFrom('forum_follow_ups').selectAll().where('id', '=', id).executeTakeFirst()
}

export function followUpsOf(db: Db, forumId: string): Promise<FollowUpRow[]> {
  return db
    .selectFrom('forum_follow_ups')
    .selectAll()
    .where('forum_id', '=', forumId)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export async function updateFollowUp(
  db: Db,
  id: string,
  change: Updateable<Tables['forum_follow_ups']>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('forum_follow_ups')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'proposed')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** How many proposals of each forum wait to be confirmed. */
export async function waitingByForum(db: Db) {
  const rows = await db
    .selectFrom('forum_follow_ups')
    .innerJoin('forum_records', 'forum_records.forum_id', 'forum_follow_ups.forum_id')
    .innerJoin('forums', 'forums.id', 'forum_follow_ups.forum_id')
    .select(({ fn }) => [
      'forums.id as forumId',
      'forums.title as title',
      'forums.starts_at as startsAt',
      'forums.time_zone as timeZone',
      'forums.facilitator_id as facilitatorId',
      'forums.cofacilitator_id as cofacilitatorId',
      'forum_records.confirm_by as confirmBy',
      fn.countAll<number>().as('n'),
    ])
    .where('forum_follow_ups.state', '=', 'proposed')
    .groupBy([
      'forums.id',
      'forums.title',
      'forums.starts_at',
      'forums.time_zone',
      'forums.facilitator_id',
      'forums.cofacilitator_id',
      'forum_records.confirm_by',
    ])
    .orderBy('forum_records.confirm_by')
    .execute()
  return rows.map(row => ({ ...row, waiting: Number(row.n) }))
}

export async function insertItemThemes(tx: Tx, rows: readonly Tables['forum_item_themes'][]): Promise<void> {
  await insertRows(tx, 'forum_item_themes', rows, { on: ['item_id', 'theme_id'], update: [] })
}

export async function insertItemTeams(tx: Tx, rows: readonly Tables['forum_item_teams'][]): Promise<void> {
  await insertRows(tx, 'forum_item_teams', rows, { on: ['item_id', 'team_id'], update: [] })
}

/** Every theme that items of closed forums were tagged with since a moment, with the item's teams; one row for each pair. */
export function themesDiscussedSince(db: Db, from: string) {
  return db
    .selectFrom('forum_item_themes')
    .innerJoin('forum_items', 'forum_items.id', 'forum_item_themes.item_id')
    .innerJoin('forums', 'forums.id', 'forum_items.forum_id')
    .leftJoin('forum_item_teams', 'forum_item_teams.item_id', 'forum_items.id')
    .select([
      'forum_item_themes.theme_id as themeId',
      'forum_item_themes.votes as votes',
      'forum_items.id as itemId',
      'forum_items.forum_id as forumId',
      'forum_item_teams.team_id as teamId',
    ])
    .where('forums.closed_at', '>=', from)
    .execute()
}

/** What was confirmed of items, so that it shows where patterns led. */
export function confirmedOfItems(db: Db, itemIds: readonly string[]) {
  if (itemIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('forum_follow_ups')
    .select(['item_id as itemId', 'action_id as actionId', 'text'])
    .where('item_id', 'in', itemIds)
    .where('state', '=', 'confirmed')
    .execute()
}

/** Proposals of items, whatever became of them. */
export function followUpsOfItems(db: Db, itemIds: readonly string[]): Promise<FollowUpRow[]> {
  if (itemIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('forum_follow_ups')
    .selectAll()
    .where('item_id', 'in', itemIds)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export function itemsCarrying(db: Db, themeId: string): Promise<Tables['forum_item_themes'][]> {
  return db.selectFrom('forum_item_themes').selectAll().where('theme_id', '=', themeId).execute()
}

export async function removeItemTheme(db: Db, themeId: string, itemIds: readonly string[]): Promise<void> {
  if (itemIds.length === 0) return
  await db.deleteFrom('forum_item_themes').where('theme_id', '=', themeId).where('item_id', 'in', itemIds).execute()
}
