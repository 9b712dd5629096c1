/** What surrounds a forum: whom its series invites, who hides on its board, and what those who came are asked after it. */
import { type Kysely, sql } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)

  await db.schema
    .createTable('forum_presence_choices')
    .addColumn('person_id', text as never, column =>
      column.notNull().primaryKey().references('people.id').onDelete('cascade'),
    )
    .addColumn('hidden', integer as never, column => column.notNull())
    .addColumn('changed_at', text as never, column => column.notNull())
    .execute()
  const changedAt = new Date().toISOString()
  await sql`insert into forum_presence_choices (person_id, hidden, changed_at)
    select person_id, 1, ${changedAt} from forum_hidden`.execute(db)
  await db.schema.dropTable('forum_hidden').execute()

  await db.schema
    .alterTable('forum_series')
    .addColumn('audience', text as never)
    .execute()

  await db.schema
    .createTable('forum_feedback')
    .addColumn('forum_id', text as never, column =>
      column.notNull().primaryKey().references('forums.id').onDelete('cascade'),
    )
    .addColumn('wave_id', text as never, column => column.references('waves.id').onDelete('set null'))
    .addColumn('why_not', text as never)
    .addColumn('decided_at', text as never, column => column.notNull())
    .execute()
  await db.schema.createIndex('forum_feedback_wave_id').unique().on('forum_feedback').column('wave_id').execute()
}
