/** What participation was, month by month; who would like to lead, and whom they shadow. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = dialectOf(db)

  await db.schema
    .createTable('participation_months')
    .addColumn('month', text as never, column => column.notNull().primaryKey())
    .addColumn('frozen_at', text as never, column => column.notNull())
    .addColumn('figures', text as never, column => column.notNull())
    .execute()

  await db.schema
    .createTable('lead_volunteers')
    .addColumn('person_id', text as never, column =>
      column.notNull().primaryKey().references('people.id').onDelete('cascade'),
    )
    .addColumn('note', text as never, column => column.notNull())
    .addColumn('since', text as never, column => column.notNull())
    .execute()

  await db.schema
    .createTable('shadow_turns')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('volunteer_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('lead_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('state', text as never, column => column.notNull())
    .addColumn('note', text as never, column => column.notNull())
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('changed_at', text as never, column => column.notNull())
    .execute()
  for (const column of ['volunteer_id', 'lead_id'] as const)
    await db.schema.createIndex(`shadow_turns_${column}`).on('shadow_turns').columns([column, 'state']).execute()
}
