/** Series of forums leave out the organisation's days off; a series may meet on one of them all the same. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { integer } = dialectOf(db)
  await db.schema
    .alterTable('forum_exceptions')
    .addColumn('is_held', integer as never, column => column.notNull().defaultTo(0))
    .execute()
}
