/** Imports through the browser: what was understood waits here until an editor lets it in. */
import type { Insertable, Updateable } from 'kysely'
import { isClean } from '#app/platform/clean-text.ts'
import type { Db } from '#db/index.server.ts'
import type { PostmortemsTables } from '#db/tables/postmortems.ts'

export async function insertImport(
  db: Db,
  row: Insertable<PostmortemsTables['imports']>,
  records: Insertable<PostmortemsTables['import_records']>[],
): Promise<void> {
  await db.insertInto('imports').values(row).execute()
  for (let at = 0; at < records.length; at += 500)
    await db
      .insertInto('import_records')
      .values(records.slice(at, at + 500))
      .execute()
}

export async function findImport(db: Db, id: string) {
  // An address may hold anything, and PostgreSQL cannot even be asked about U+0000.
  if (!isClean(id)) return undefined
  return db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
}

export function latestImports(db: Db, accountId: string) {
  return db
    .selectFrom('imports')
    .select(['id', 'state', 'total', 'done', 'created_at'])
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(5)
    .execute()
}

export async function updateImport(db: Db, id: string, row: Updateable<PostmortemsTables['imports']>): Promise<void> {
  await db.updateTable('imports').set(row).where('id', '=', id).execute()
}

export function importRecords(db: Db, importId: string, offset: number, limit: number) {
  return db
    .selectFrom('import_records')
    .selectAll()
    .where('import_id', '=', importId)
    .where('position', '>=', offset)
    .orderBy('position')
    .limit(limit)
    .execute()
}

export function importRecord(db: Db, importId: string, position: number) {
  return db
    .selectFrom('import_records')
    .selectAll()
    .where('import_id', '=', importId)
    .where('position', '=', position)
    .executeTakeFirst()
}

export async function updateImportRecord(
  db: Db,
  importId: string,
  position: number,
  row: Updateable<PostmortemsTables['import_records']>,
): Promise<void> {
  await db
    .updateTable('import_records')
    .set(row)
    .where('import_id', '=', importId)
    .where('position', '=', position)
    .execute()
}

export async function countSkipped(db: Db, importId: string): Promise<number> {
  const row = await db
    .selectFrom('import_records')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('import_id', '=', importId)
    .where('skipped', '=', 1)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** What was understood is not kept once it is in the library, nor for ever when nobody came back to it. */
export async function deleteImportRecords(db: Db, importId: string): Promise<void> {
  await db.deleteFrom('import_records').where('import_id', '=', importId).execute()
}

export async function deleteImportsBefore(db: Db, before: string): Promise<void> {
  await db.deleteFrom('imports').where('created_at', '<', before).where('state', '!=', 'done').execute()
}
