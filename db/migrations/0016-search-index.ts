/** The words of indexed documents as they are written, for what a mistyped one may have been meant as. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)
  await db.schema
    .createTable('search_words')
    .addColumn('word', text as never, column => column.notNull().primaryKey())
    .addColumn('revision', integer as never, column => column.notNull())
    .execute()
  await db.schema.createIndex('search_words_revision').on('search_words').columns(['revision', 'word']).execute()
}
