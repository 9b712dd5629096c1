/** Rows of attachments: those that are there, and those that were removed, for the history. */
import type { Selectable } from 'kysely'
import { isClean } from '#app/platform/clean-text.ts'
import type { Db } from '#db/index.server.ts'
import type { PostmortemsTables } from '#db/tables/postmortems.ts'

export type AttachmentRow = Selectable<PostmortemsTables['attachments']>

/** Oldest first, removed ones too. */
export function attachmentRows(db: Db, postmortemId: string): Promise<AttachmentRow[]> {
  return db.selectFrom('attachments').selectAll().where('postmortem_id', '=', postmortemId).orderBy('id').execute()
}

/** What is there, for texts that show it. */
export function shownAttachments(db: Db, postmortemId: string) {
  return db
    .selectFrom('attachments')
    .select(['id', 'name', 'type', 'alternative'])
    .where('postmortem_id', '=', postmortemId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** One that is there. */
export async function attachmentById(db: Db, postmortemId: string, id: string): Promise<AttachmentRow | undefined> {
  if (!isClean(id)) return undefined
  const row = await db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst()
  return row && row.postmortem_id === postmortemId && row.removed_at === null ? row : undefined
}

export async function countAttachments(db: Db, postmortemId: string): Promise<number> {
  const row = await db
    .selectFrom('attachments')
    .where('postmortem_id', '=', postmortemId)
    .where('removed_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function insertAttachment(db: Db, row: AttachmentRow): Promise<void> {
  await db.insertInto('attachments').values(row).execute()
}

export async function describeAttachment(db: Db, id: string, alternative: string): Promise<void> {
  await db.updateTable('attachments').set({ alternative }).where('id', '=', id).execute()
}

export async function markRemoved(db: Db, id: string, removed: { at: string; by: string }): Promise<void> {
  await db
    .updateTable('attachments')
    .set({ removed_at: removed.at, removed_by: removed.by })
    .where('id', '=', id)
    .execute()
}

/** Whether any attachment still has this content. */
export async function isContentUsed(db: Db, sha256: string): Promise<boolean> {
  const row = await db
    .selectFrom('attachments')
    .select('id')
    .where('sha256', '=', sha256)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
