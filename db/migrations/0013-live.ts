/** The live board of a forum: its clock, its numbered events, and what is said while it runs. */
import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)
  const needed = (column: ColumnDefinitionBuilder) => column.notNull()
  const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey()
  const ofForum = (column: ColumnDefinitionBuilder) => column.notNull().references('forums.id').onDelete('cascade')
  const ofItem = (column: ColumnDefinitionBuilder) => column.references('forum_items.id').onDelete('cascade')
  const ofPerson = (column: ColumnDefinitionBuilder) => column.notNull().references('people.id').onDelete('cascade')
  const perhapsPerson = (column: ColumnDefinitionBuilder) => column.references('people.id').onDelete('set null')

  await db.schema
    .createTable('forum_live')
    .addColumn('forum_id', text as never, column =>
      column.notNull().primaryKey().references('forums.id').onDelete('cascade'),
    )
    .addColumn('revision', integer as never, needed)
    .addColumn('clock_revision', integer as never, needed)
    .addColumn('epoch', integer as never, needed)
    .addColumn('facilitator_id', text as never, perhapsPerson)
    .addColumn('offered_to_id', text as never, perhapsPerson)
    .addColumn('facilitator_seen_at', text as never, needed)
    .addColumn('item_id', text as never, ofItem)
    .addColumn('phase', text as never, needed)
    .addColumn('ends_at', text as never)
    .addColumn('remaining_ms', integer as never)
    .addColumn('clock', text as never, needed)
    .addColumn('time_votes', text as never, needed)
    .addColumn('started_at', text as never, needed)
    .addColumn('finished_at', text as never)
    .execute()
  await db.schema
    .createTable('forum_events')
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('seq', integer as never, needed)
    .addColumn('kind', text as never, needed)
    .addColumn('audience', text as never, needed)
    .addColumn('data', text as never, needed)
    .addColumn('at', text as never, needed)
    .addPrimaryKeyConstraint('forum_events_key', ['forum_id', 'seq'] as never)
    .execute()
  // Nobody is named: a command may be a vote or a question.
  await db.schema
    .createTable('forum_commands')
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('command_id', text as never, needed)
    .addColumn('result', text as never, needed)
    .addPrimaryKeyConstraint('forum_commands_key', ['forum_id', 'command_id'] as never)
    .execute()

  await db.schema
    .createTable('forum_notes')
    .addColumn('id', text as never, key)
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('item_id', text as never, ofItem)
    .addColumn('phase', text as never, needed)
    .addColumn('kind', text as never, needed)
    .addColumn('text', text as never, needed)
    .addColumn('version', integer as never, needed)
    .addColumn('writer_id', text as never, perhapsPerson)
    .addColumn('written_at', text as never, needed)
    .addColumn('created_at', text as never, needed)
    .execute()
  await db.schema
    .createTable('forum_note_revisions')
    .addColumn('note_id', text as never, column => column.notNull().references('forum_notes.id').onDelete('cascade'))
    .addColumn('version', integer as never, needed)
    .addColumn('text', text as never, needed)
    .addColumn('at', text as never, needed)
    .addPrimaryKeyConstraint('forum_note_revisions_key', ['note_id', 'version'] as never)
    .execute()
  await db.schema
    .createTable('forum_proposals')
    .addColumn('id', text as never, key)
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('item_id', text as never, ofItem)
    .addColumn('kind', text as never, needed)
    .addColumn('text', text as never, needed)
    .addColumn('suggested_owner_id', text as never, perhapsPerson)
    .addColumn('created_at', text as never, needed)
    .execute()
  await db.schema
    .createTable('forum_parked')
    .addColumn('id', text as never, key)
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('item_id', text as never, ofItem)
    .addColumn('text', text as never, needed)
    .addColumn('created_at', text as never, needed)
    .execute()
  await db.schema
    .createTable('forum_prompts')
    .addColumn('id', text as never, key)
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('item_id', text as never, ofItem)
    .addColumn('phase', text as never, needed)
    .addColumn('text', text as never, needed)
    .execute()
  // Neither who asked nor when: only the order in which they came.
  await db.schema
    .createTable('forum_questions')
    .addColumn('id', text as never, key)
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('item_id', text as never, ofItem)
    .addColumn('position', integer as never, needed)
    .addColumn('text', text as never, needed)
    .addColumn('is_read', integer as never, needed)
    .execute()
  for (const table of ['notes', 'proposals', 'parked', 'prompts', 'questions'])
    await db.schema.createIndex(`forum_${table}_forum_id`).on(`forum_${table}`).column('forum_id').execute()

  // The voter is an HMAC under a key that is never written down.
  await db.schema
    .createTable('forum_votes')
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('item_id', text as never, column => ofItem(column.notNull()))
    .addColumn('theme_id', text as never, column => column.notNull().references('themes.id').onDelete('cascade'))
    .addColumn('voter', text as never, needed)
    .addPrimaryKeyConstraint('forum_votes_key', ['forum_id', 'item_id', 'theme_id', 'voter'] as never)
    .execute()

  await db.schema
    .createTable('forum_presence')
    .addColumn('forum_id', text as never, ofForum)
    .addColumn('person_id', text as never, ofPerson)
    .addColumn('step', text as never, needed)
    .addColumn('sitting', text as never, needed)
    .addColumn('present_ms', integer as never, needed)
    .addColumn('last_seen_at', text as never, needed)
    .addPrimaryKeyConstraint('forum_presence_key', ['forum_id', 'person_id', 'step', 'sitting'] as never)
    .execute()
  await db.schema
    .createIndex('forum_presence_last_seen_at')
    .on('forum_presence')
    .columns(['forum_id', 'last_seen_at'])
    .execute()
  await db.schema
    .createTable('forum_hidden')
    .addColumn('person_id', text as never, column =>
      column.notNull().primaryKey().references('people.id').onDelete('cascade'),
    )
    .execute()
}
