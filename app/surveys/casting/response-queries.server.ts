/** Cast responses while a wave is open: marks and sealed bytes. Knows nothing of people. */
import type { Db, Tx } from '#db/index.server.ts'

export interface ResponseRow {
  tag: string
  contentTag: string
  sealed: Uint8Array
}

/** @returns the tags that were not there before. */
export async function insertResponses(tx: Tx, wave: string, rows: readonly ResponseRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const inserted = await tx
    .insertInto('wave_responses')
    .values(rows.map(({ tag, contentTag, sealed }) => ({ wave_id: wave, tag, content_tag: contentTag, sealed })))
    .onConflict(conflict => conflict.columns(['wave_id', 'tag']).doNothing())
    .returning('tag')
    .execute()
  return new Set(inserted.map(row => row.tag))
}

/** What stands for these ballots, by tag. */
export async function contentTagsOf(tx: Tx, wave: string, tags: readonly string[]): Promise<Map<string, string>> {
  if (tags.length === 0) return new Map()
  const rows = await tx
    .selectFrom('wave_responses')
    .select(['tag', 'content_tag'])
    .where('wave_id', '=', wave)
    .where('tag', 'in', tags)
    .execute()
  return new Map(rows.map(row => [row.tag, row.content_tag]))
}

/** A page of responses in the order of their tags, which is none. */
export async function responsesAfter(db: Db, wave: string, after: string, limit: number): Promise<ResponseRow[]> {
  const rows = await db
    .selectFrom('wave_responses')
    .select(['tag', 'content_tag', 'sealed'])
    .where('wave_id', '=', wave)
    .where('tag', '>', after)
    .orderBy('tag')
    .limit(limit)
    .execute()
  return rows.map(row => ({ tag: row.tag, contentTag: row.content_tag, sealed: row.sealed }))
}

export async function deleteResponses(tx: Db, wave: string): Promise<void> {
  await tx.deleteFrom('wave_responses').where('wave_id', '=', wave).execute()
}
