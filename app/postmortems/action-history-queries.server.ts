/** What happened to action items, what is known of them beside their postmortem, and the links that were mailed. */

import type { Insertable } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import { type Db, insertRows, type Tables, type Tx } from '#db/index.server.ts'

export type ActionEventRow = Tables['action_events']
export type ActionDetailsRow = Tables['action_details']

export async function insertActionEvents(tx: Tx, rows: ActionEventRow[]): Promise<void> {
  await insertRows(tx, 'action_events', rows)
}

export function actionEvents(db: Db, actionId: string): Promise<ActionEventRow[]> {
  return db
    .selectFrom('action_events')
    .selectAll()
    .where('action_id', '=', actionId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

export async function actionDetails(db: Db, actionIds: readonly string[]): Promise<Map<string, ActionDetailsRow>> {
  const found = new Map<string, ActionDetailsRow>()
  for (const some of slicesOf(actionIds))
    for (const row of await db.selectFrom('action_details').selectAll().where('action_id', 'in', some).execute())
      found.set(row.action_id, row)
  return found
}

export async function putActionDetails(tx: Tx, row: ActionDetailsRow): Promise<void> {
  const { action_id: _, ...values } = row
  await tx
    .insertInto('action_details')
    .values(row)
    .onConflict(conflict => conflict.column('action_id').doUpdateSet(values))
    .execute()
}

/** Items of these postmortems that somebody changed or added here, or that were imported by themselves. */
export function actionsWithHistory(db: Db, postmortemIds: readonly string[]) {
  if (postmortemIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('action_items')
    .where('postmortem_id', 'in', postmortemIds)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('action_events')
          .select('action_events.id')
          .whereRef('action_events.action_id', '=', 'action_items.id'),
      ),
    )
    .select(['postmortem_id as postmortemId', 'title', 'external_id as externalId'])
    .execute()
}

export async function insertActionLink(db: Db, row: Insertable<Tables['action_links']>): Promise<void> {
  await db.insertInto('action_links').values(row).execute()
}

export function actionLink(db: Db, tokenHash: string) {
  return db.selectFrom('action_links').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
}

/** @returns whether it was still unused. */
export async function claimActionLink(tx: Tx, tokenHash: string, now: string): Promise<boolean> {
  const claimed = await tx
    .updateTable('action_links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return Number(claimed.numUpdatedRows) === 1
}

export async function deleteExpiredActionLinks(db: Db, now: string): Promise<void> {
  await db.deleteFrom('action_links').where('expires_at', '<', now).execute()
}
