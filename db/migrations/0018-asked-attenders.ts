/** Waves that ask those who came to something are told apart by a column of their own, no longer by a word in the plan. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<{ waves: { plan: string; asks_attenders: number } }>): Promise<void> {
  const { integer } = dialectOf(db)
  await db.schema
    .alterTable('waves')
    .addColumn('asks_attenders', integer as never, column => column.notNull().defaultTo(0))
    .execute()
  // Inside a JSON text quotes are escaped: this can only be the name of a field.
  await db.updateTable('waves').set({ asks_attenders: 1 }).where('plan', 'like', '%"listSalt":%').execute()
  await db.schema
    .createIndex('waves_asks_attenders')
    .on('waves')
    .columns(['asks_attenders', 'state', 'closes_at'])
    .execute()
}
