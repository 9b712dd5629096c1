/** Which version each section of a postmortem is in, who saved it and when. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)

  await db.schema
    .createTable('section_saves')
    .addColumn('postmortem_id', text as never, column =>
      column.notNull().references('postmortems.id').onDelete('cascade'),
    )
    .addColumn('section', text as never, column => column.notNull())
    .addColumn('version', integer as never, column => column.notNull())
    .addColumn('saved_at', text as never, column => column.notNull())
    .addColumn('saved_by', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('section_saves_key', ['postmortem_id', 'section'] as never)
    .execute()
}
