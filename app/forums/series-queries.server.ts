/** Series of forums and the days on which they have none. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Tables } from '#db/index.server.ts'

export type SeriesRow = Selectable<Tables['forum_series']>

export function seriesById(db: Db, id: string): Promise<SeriesRow | undefined> {
  return db.selectFrom('forum_series').selectAll().where('id', '=', id).executeTakeFirst()
}

export function seriesByIds(db: Db, ids: readonly string[]): Promise<SeriesRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db.selectFrom('forum_series').selectAll().where('id', 'in', ids).execute()
}

/** Those that go on, by their titles. */
export function runningSeries(db: Db): Promise<SeriesRow[]> {
  return db
    .selectFrom('forum_series')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('title')
    .orderBy('id')
    .execute()
}

/** One page of all, also of those that have ended. */
export async function pageOfSeries(
  db: Db,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: SeriesRow[]; total: number }> {
  const [rows, count] = await Promise.all([
    db.selectFrom('forum_series').selectAll().orderBy('title').orderBy('id').limit(limit).offset(offset).execute(),
    db
      .selectFrom('forum_series')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows, total: Number(count.n) }
}

export async function insertSeries(db: Db, row: Insertable<Tables['forum_series']>): Promise<void> {
  await db.insertInto('forum_series').values(row).execute()
}

export async function updateSeries(db: Db, id: string, change: Updateable<Tables['forum_series']>): Promise<void> {
  await db.updateTable('forum_series').set(change).where('id', '=', id).execute()
}

export type ExceptionRow = Selectable<Tables['forum_exceptions']>

export async function exceptionsOfAll(db: Db, seriesIds: readonly string[]): Promise<ExceptionRow[]> {
  if (seriesIds.length === 0) return []
  return db
    .selectFrom('forum_exceptions')
    .selectAll()
    .where('series_id', 'in', seriesIds)
    .orderBy('series_id')
    .orderBy('occurs_on')
    .execute()
}

export async function putException(db: Db, row: ExceptionRow): Promise<void> {
  await db
    .insertInto('forum_exceptions')
    .values(row)
    .onConflict(conflict =>
      conflict.columns(['series_id', 'occurs_on']).doUpdateSet({ reason: row.reason, is_held: row.is_held }),
    )
    .execute()
}

export async function removeException(db: Db, seriesId: string, day: string): Promise<void> {
  await db.deleteFrom('forum_exceptions').where('series_id', '=', seriesId).where('occurs_on', '=', day).execute()
}
