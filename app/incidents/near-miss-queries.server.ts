/** Near misses as rows, and the words by which they are found. */
import { type Db, insertRows, type Tables, type Tx } from '#db/index.server.ts'

export type NearMissRow = Tables['near_misses']

export async function insertNearMiss(tx: Tx, row: NearMissRow, words: string[]): Promise<void> {
  await tx.insertInto('near_misses').values(row).execute()
  await insertWords(tx, row.id, words)
}

export function nearMissById(db: Db, id: string): Promise<NearMissRow | undefined> {
  return db.selectFrom('near_misses').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function updateNearMiss(tx: Tx, { id, ...change }: NearMissRow, words: string[]): Promise<void> {
  await tx.updateTable('near_misses').set(change).where('id', '=', id).execute()
  await tx.deleteFrom('near_miss_words').where('near_miss_id', '=', id).execute()
  await insertWords(tx, id, words)
}

async function insertWords(tx: Tx, id: string, words: string[]): Promise<void> {
  await insertRows(
    tx,
    'near_miss_words',
    words.map(word => ({ word, near_miss_id: id })),
  )
}

/** One page of the near misses that have words beginning with each of these, the latest first; and how many. */
export async function pageOfNearMisses(
  db: Db,
  beginnings: string[],
  page: { offset: number; limit: number },
): Promise<{ rows: (NearMissRow & { service: string | null })[]; total: number }> {
  let matching = db.selectFrom('near_misses')
  for (const beginning of beginnings)
    matching = matching.where('near_misses.id', 'in', query =>
      query
        .selectFrom('near_miss_words')
        .where('word', '>=', beginning)
        .where('word', '<', `${beginning}\u{10ffff}`)
        .select('near_miss_id'),
    )
  const [rows, count] = await Promise.all([
    matching
      .leftJoin('services', 'services.id', 'near_misses.service_id')
      .selectAll('near_misses')
      .select('services.name as service')
      .orderBy('near_misses.reported_on', 'desc')
      .orderBy('near_misses.id')
      .offset(page.offset)
      .limit(page.limit)
      .execute(),
    matching.select(eb => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow(),
  ])
  return { rows, total: Number(count.n) }
}

/** How many were reported on these days, the first and the last included. */
export async function countNearMisses(db: Db, from: string, to: string): Promise<number> {
  const { n } = await db
    .selectFrom('near_misses')
    .where('reported_on', '>=', from)
    .where('reported_on', '<=', to)
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
