/** What is left of a closed wave beside its release: the bulletin, and comments until they are published or erased. */
import { type Db, insertRows, type Tx } from '#db/index.server.ts'

export interface BulletinEntry {
  serial: string
  prefix: string
  signature: string
  receipt: string
}

export async function insertBulletin(tx: Tx, wave: string, entries: readonly BulletinEntry[]): Promise<void> {
  await insertRows(
    tx,
    'wave_bulletin',
    entries.map(({ serial, prefix, signature, receipt }) => ({ wave_id: wave, serial, prefix, signature, receipt })),
  )
}

/** The same comment with the same nonce by two people has one receipt. */
export async function insertCommentReceipts(tx: Tx, wave: string, receipts: readonly string[]): Promise<void> {
  const rows = receipts.map(receipt => ({ wave_id: wave, receipt }))
  await insertRows(tx, 'wave_comment_receipts', rows, { on: ['wave_id', 'receipt'], update: [] })
}

/** Sorted by serial. */
export function bulletinEntries(db: Db, wave: string): Promise<BulletinEntry[]> {
  return db
    .selectFrom('wave_bulletin')
    .select(['serial', 'prefix', 'signature', 'receipt'])
    .where('wave_id', '=', wave)
    .orderBy('serial')
    .execute()
}

/** Sorted. */
export async function commentReceiptsOf(db: Db, wave: string): Promise<string[]> {
  const rows = await db
    .selectFrom('wave_comment_receipts')
    .select('receipt')
    .where('wave_id', '=', wave)
    .orderBy('receipt')
    .execute()
  return rows.map(row => row.receipt)
}

/** @param comments in random order, with random ids. */
export async function insertComments(
  tx: Tx,
  wave: string,
  comments: readonly { id: string; item: string; text: string }[],
): Promise<void> {
  const rows = comments.map(({ id, item, text }) => ({ id, wave_id: wave, item, text, is_redacted: 0, themes: '[]' }))
  await insertRows(tx, 'wave_comments', rows)
}

/** Comments on these questions, or all of them. */
export async function deleteComments(tx: Db, wave: string, items: readonly string[] | 'all'): Promise<void> {
  if (items.length === 0) return
  await tx
    .deleteFrom('wave_comments')
    .where('wave_id', '=', wave)
    .$if(items !== 'all', query => query.where('item', 'in', items as readonly string[]))
    .execute()
}
