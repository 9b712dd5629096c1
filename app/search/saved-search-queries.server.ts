import type { Insertable } from 'kysely'
import type { Db } from '#db/index.server.ts'
import type { SearchTables } from '#db/tables/search.ts'

export function savedSearchesOf(db: Db, accountId: string) {
  return db
    .selectFrom('saved_searches')
    .select(['id', 'name', 'query'])
    .where('account_id', '=', accountId)
    .orderBy('name')
    .limit(100)
    .execute()
}

export async function insertSavedSearch(db: Db, row: Insertable<SearchTables['saved_searches']>): Promise<void> {
  await db.insertInto('saved_searches').values(row).execute()
}

/** @returns whether there was one of this account with this id. */
export async function deleteSavedSearch(db: Db, accountId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('saved_searches')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return Number(result.numDeletedRows) > 0
}
