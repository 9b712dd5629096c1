/** All queries on the index's tables. */
import { type Db, insertRows, type Tx } from '#db/index.server.ts'
import type { SearchTables } from '#db/tables/search.ts'
import { INDEX_VERSION } from './field-weights.ts'

export type DocumentRow = SearchTables['search_documents']

/** A row of postings. Its key is the drawer, in the column that is named after what one looks for in it. */
export interface DrawerRow {
  drawer: string
  block: number
  data: Uint8Array
}

/** Values per statement, well below what either database admits. */
const VALUES_PER_SELECT = 1_000
const STATE = 1

export interface IndexState {
  revision: number
  nextNumber: number
  /** The form in which the index was built; null before the first document. */
  version: number | null
}

/** Where the index stands; before the first document, at the beginning. */
export async function readState(db: Db): Promise<IndexState> {
  const row = await db
    .selectFrom('search_state')
    .select(['revision', 'next_number', 'version'])
    .where('id', '=', STATE)
    .executeTakeFirst()
  return { revision: row?.revision ?? 0, nextNumber: row?.next_number ?? 0, version: row?.version ?? null }
}

/** Begins a revision and takes `count` document numbers; call it under the lock. */
export async function beginRevision(tx: Tx, count: number): Promise<{ revision: number; firstNumber: number }> {
  await tx
    .insertInto('search_state')
    .values({ id: STATE, revision: 0, next_number: 0, version: INDEX_VERSION })
    .onConflict(conflict => conflict.column('id').doNothing())
    .execute()
  const row = await tx
    .updateTable('search_state')
    .set(eb => ({ revision: eb('revision', '+', 1), next_number: eb('next_number', '+', count) }))
    .where('id', '=', STATE)
    .returning(['revision', 'next_number'])
    .executeTakeFirstOrThrow()
  return { revision: row.revision, firstNumber: row.next_number - count }
}

/** Documents that were indexed or removed after a revision, a page at a time in order of number. */
export function documentsSince(db: Db, revision: number, afterNumber: number, limit: number): Promise<DocumentRow[]> {
  return db
    .selectFrom('search_documents')
    .selectAll()
    .where('revision', '>', revision)
    .where('number', '>', afterNumber)
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** The numbers from `first` to `last` that documents have. */
export async function liveNumbers(tx: Tx, first: number, last: number): Promise<Set<number>> {
  const rows = await tx
    .selectFrom('search_documents')
    .select('number')
    .where('number', '>=', first)
    .where('number', '<=', last)
    .where('removed', '=', 0)
    .execute()
  return new Set(rows.map(row => row.number))
}

/** Stores documents; one that was there before gives up its old number. */
export async function putDocuments(tx: Tx, rows: readonly DocumentRow[]): Promise<void> {
  const update = ['number', 'length', 'facets', 'revision', 'removed']
  await insertRows(tx, 'search_documents', rows, { on: ['subject_id'], update })
}

/** Forgets what the documents said; the row stays, so that readers hear of the removal. */
export async function markRemoved(tx: Tx, subjectIds: readonly string[], revision: number): Promise<void> {
  for (const some of chunks(subjectIds, VALUES_PER_SELECT))
    await tx
      .updateTable('search_documents')
      .set({ removed: 1, length: 0, facets: '{}', revision })
      .where('subject_id', 'in', some)
      .where('removed', '=', 0)
      .execute()
}

/** The rows of some drawers from a block on, each drawer's in order of block. */
export async function drawersFrom(db: Db, names: readonly string[], block: number): Promise<Map<string, DrawerRow[]>> {
  const found = new Map<string, DrawerRow[]>()
  for (const some of chunks(names, VALUES_PER_SELECT)) {
    const rows = await db
      .selectFrom('search_postings')
      .select(['drawer', 'block', 'data'])
      .where('drawer', 'in', some)
      .where('block', '>=', block)
      .orderBy('drawer')
      .orderBy('block')
      .execute()
    for (const row of rows) {
      const list = found.get(row.drawer)
      if (list) list.push(row)
      else found.set(row.drawer, [row])
    }
  }
  return found
}

/** What some drawers hold in one block. */
export async function drawersInBlock(
  tx: Tx,
  block: number,
  names: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>()
  for (const some of chunks(names, VALUES_PER_SELECT)) {
    const rows = await tx
      .selectFrom('search_postings')
      .select(['drawer', 'data'])
      .where('block', '=', block)
      .where('drawer', 'in', some)
      .execute()
    for (const row of rows) found.set(row.drawer, row.data)
  }
  return found
}

export async function putDrawers(tx: Tx, rows: readonly DrawerRow[]): Promise<void> {
  const postings = rows.map(({ drawer, block, data }) => ({ drawer, block, data }))
  await insertRows(tx, 'search_postings', postings, { on: ['drawer', 'block'], update: ['data'] })
}

/** Notes words that were not met before. */
export async function putWords(tx: Tx, words: Iterable<string>, revision: number): Promise<void> {
  const rows = Array.from(words, word => ({ word, revision }))
  await insertRows(tx, 'search_words', rows, { on: ['word'], update: [] })
}

/** Words that came after one of a revision, a page at a time. */
export function wordsSince(db: Db, last: { revision: number; word: string }, limit: number) {
  return db
    .selectFrom('search_words')
    .select(['revision', 'word'])
    .where(eb =>
      eb.or([
        eb('revision', '>', last.revision),
        eb.and([eb('revision', '=', last.revision), eb('word', '>', last.word)]),
      ]),
    )
    .orderBy('revision')
    .orderBy('word')
    .limit(limit)
    .execute()
}

export async function forgetWords(tx: Tx): Promise<void> {
  await tx.deleteFrom('search_words').execute()
}

/** Forgets the documents whose numbers are lower. */
export async function markRemovedBefore(tx: Tx, number: number, revision: number): Promise<void> {
  await tx
    .updateTable('search_documents')
    .set({ removed: 1, length: 0, facets: '{}', revision })
    .where('number', '<', number)
    .where('removed', '=', 0)
    .execute()
}

export async function dropBlocksBefore(tx: Tx, block: number): Promise<void> {
  await tx.deleteFrom('search_postings').where('block', '<', block).execute()
}

export async function setVersion(tx: Tx, version: number): Promise<void> {
  await tx.updateTable('search_state').set({ version }).where('id', '=', STATE).execute()
}

export async function rowsOf(db: Db, subjectIds: readonly string[]): Promise<DocumentRow[]> {
  const rows: DocumentRow[] = []
  for (const some of chunks(subjectIds, VALUES_PER_SELECT))
    rows.push(...(await db.selectFrom('search_documents').selectAll().where('subject_id', 'in', some).execute()))
  return rows
}

export async function subjectsAfter(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('search_documents')
    .select('subject_id')
    .where('removed', '=', 0)
    .where('subject_id', '>', after)
    .orderBy('subject_id')
    .limit(limit)
    .execute()
  return rows.map(row => row.subject_id)
}

function* chunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}
