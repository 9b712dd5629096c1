/** Comments, commitments and earlier releases: what stands beside a wave's own release. */
import type { Db, Tables, Tx } from '#db/index.server.ts'
import type { Release } from '../disclosure/release.ts'

export interface CommentRow {
  id: string
  item: string
  text: string
  isRedacted: boolean
  /** Slugs. */
  themes: string[]
}

/** By question and in an order that says nothing: the ids are random. */
export async function commentsOf(db: Db, waveId: string): Promise<CommentRow[]> {
  const rows = await db
    .selectFrom('wave_comments')
    .select(['id', 'item', 'text', 'is_redacted', 'themes'])
    .where('wave_id', '=', waveId)
    .orderBy('item')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    item: row.item,
    text: row.text,
    isRedacted: row.is_redacted === 1,
    themes: JSON.parse(row.themes),
  }))
}

export async function changeComment(
  tx: Db,
  waveId: string,
  id: string,
  change: Partial<Pick<Tables['wave_comments'], 'text' | 'is_redacted' | 'themes'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('wave_comments')
    .set(change)
    .where('wave_id', '=', waveId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** @returns whether the comments had not been published before. */
export async function putComments(tx: Tx, waveId: string, release: string, now: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('waves')
    .set({ release, comments_at: now, updated_at: now })
    .where('id', '=', waveId)
    .where('state', 'in', ['closed', 'published'])
    .where('comments_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Closed waves whose stewards have had their days and not said that they are done. */
export async function wavesWithoutComments(db: Db, closedBefore: string): Promise<string[]> {
  const rows = await db
    .selectFrom('waves')
    .select('id')
    .where('state', 'in', ['closed', 'published'])
    .where('comments_at', 'is', null)
    .where('closed_at', '<=', closedBefore)
    .execute()
  return rows.map(row => row.id)
}

/** Waves that closed before, the last first. */
export function wavesBefore(
  db: Db,
  wave: { id: string; closesAt: string },
  states: readonly string[],
  limit: number,
): Promise<Pick<Tables['waves'], 'id' | 'title' | 'closes_at' | 'questionnaire' | 'release'>[]> {
  return db
    .selectFrom('waves')
    .select(['id', 'title', 'closes_at', 'questionnaire', 'release'])
    .where('state', 'in', states)
    .where('closes_at', '<=', wave.closesAt)
    .where('id', '!=', wave.id)
    .orderBy('closes_at', 'desc')
    .limit(limit)
    .execute()
}

/** Of the organisation, the one that closed last first; not what those were asked who came to something. */
function publishedBy(db: Db, moment: string) {
  return db
    .selectFrom('waves')
    .where('state', '=', 'published')
    .where('published_at', '<=', moment)
    .where('asks_attenders', '=', 0)
    .orderBy('closes_at', 'desc')
}

/** The release of the wave that closed last of those published by then. */
export async function latestRelease(db: Db, asOf: string): Promise<Release | null> {
  const row = await publishedBy(db, asOf).select('release').limit(1).executeTakeFirst()
  return row?.release ? JSON.parse(row.release) : null
}

/** Waves published by a moment of which there is a release, the one that closed last first. */
export function publishedWaves(
  db: Db,
  asked: { closedBefore: string; publishedBy: string },
  limit: number,
): Promise<Pick<Tables['waves'], 'id' | 'title' | 'closes_at' | 'published_at' | 'questionnaire' | 'release'>[]> {
  return publishedBy(db, asked.publishedBy)
    .select(['id', 'title', 'closes_at', 'published_at', 'questionnaire', 'release'])
    .where('closes_at', '<', asked.closedBefore)
    .limit(limit)
    .execute()
}

/** The first that was made first. */
export function commitmentsOf(db: Db, waveId: string): Promise<Tables['wave_commitments'][]> {
  return db
    .selectFrom('wave_commitments')
    .selectAll()
    .where('wave_id', '=', waveId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function insertCommitment(db: Db, row: Tables['wave_commitments']): Promise<void> {
  await db.insertInto('wave_commitments').values(row).execute()
}

export async function deleteCommitment(db: Db, waveId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('wave_commitments')
    .where('wave_id', '=', waveId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
