/** What is said about a postmortem: comments, its review and their meeting, files beside it, its one-page summary. */
import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)
  const ofPostmortem = (column: ColumnDefinitionBuilder) =>
    column.notNull().references('postmortems.id').onDelete('cascade')
  const ofPerson = (column: ColumnDefinitionBuilder) => column.notNull().references('people.id').onDelete('cascade')

  await db.schema
    .createTable('comments')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('postmortem_id', text as never, ofPostmortem)
    .addColumn('parent_id', text as never, column => column.references('comments.id').onDelete('cascade'))
    .addColumn('person_id', text as never)
    .addColumn('writer_name', text as never, column => column.notNull())
    .addColumn('text', text as never, column => column.notNull())
    .addColumn('quote', text as never)
    .addColumn('prefix', text as never)
    .addColumn('suffix', text as never)
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('edited_at', text as never)
    .addColumn('deleted_at', text as never)
    .addColumn('resolved_at', text as never)
    .addColumn('resolved_by', text as never)
    .execute()
  await db.schema.createIndex('comments_postmortem_id').on('comments').columns(['postmortem_id', 'id']).execute()
  await db.schema.createIndex('comments_parent_id').on('comments').column('parent_id').execute()
  await db.schema
    .createTable('comment_mentions')
    .addColumn('comment_id', text as never, column => column.notNull().references('comments.id').onDelete('cascade'))
    .addColumn('person_id', text as never, ofPerson)
    .addPrimaryKeyConstraint('comment_mentions_key', ['comment_id', 'person_id'] as never)
    .execute()
  await db.schema.createIndex('comment_mentions_person_id').on('comment_mentions').column('person_id').execute()

  await db.schema
    .createTable('reviewers')
    .addColumn('postmortem_id', text as never, ofPostmortem)
    .addColumn('person_id', text as never, ofPerson)
    .addColumn('invited_by', text as never, column => column.notNull())
    .addColumn('invited_at', text as never, column => column.notNull())
    .addColumn('verdict', text as never)
    .addColumn('sentence', text as never)
    .addColumn('decided_at', text as never)
    .addColumn('decided_hash', text as never)
    .addPrimaryKeyConstraint('reviewers_key', ['postmortem_id', 'person_id'] as never)
    .execute()
  await db.schema.createIndex('reviewers_person_id').on('reviewers').columns(['person_id', 'verdict']).execute()
  // Ratings are kept as sums: nobody's own can be read, or told from when it came.
  await db.schema
    .createTable('review_meetings')
    .addColumn('postmortem_id', text as never, column =>
      column.notNull().primaryKey().references('postmortems.id').onDelete('cascade'),
    )
    .addColumn('starts_at', text as never, column => column.notNull())
    .addColumn('place', text as never, column => column.notNull())
    .addColumn('set_by', text as never, column => column.notNull())
    .addColumn('set_at', text as never, column => column.notNull())
    .addColumn('speakers', integer as never)
    .addColumn('ratings', integer as never, column => column.notNull())
    .addColumn('worth_sum', integer as never, column => column.notNull())
    .addColumn('learnt_sum', integer as never, column => column.notNull())
    .execute()
  await db.schema
    .createTable('review_attendance')
    .addColumn('postmortem_id', text as never, ofPostmortem)
    .addColumn('person_id', text as never, ofPerson)
    .addColumn('attended', integer as never, column => column.notNull())
    .addColumn('has_rated', integer as never, column => column.notNull())
    .addPrimaryKeyConstraint('review_attendance_key', ['postmortem_id', 'person_id'] as never)
    .execute()
  await db.schema.createIndex('review_attendance_person_id').on('review_attendance').column('person_id').execute()

  await db.schema
    .createTable('attachments')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('postmortem_id', text as never, ofPostmortem)
    .addColumn('name', text as never, column => column.notNull())
    .addColumn('type', text as never, column => column.notNull())
    .addColumn('size', integer as never, column => column.notNull())
    .addColumn('sha256', text as never, column => column.notNull())
    .addColumn('alternative', text as never, column => column.notNull())
    .addColumn('added_at', text as never, column => column.notNull())
    .addColumn('added_by', text as never, column => column.notNull())
    .addColumn('removed_at', text as never)
    .addColumn('removed_by', text as never)
    .execute()
  await db.schema.createIndex('attachments_postmortem_id').on('attachments').columns(['postmortem_id', 'id']).execute()
  await db.schema.createIndex('attachments_sha256').on('attachments').column('sha256').execute()

  await db.schema
    .createTable('executive_summaries')
    .addColumn('postmortem_id', text as never, ofPostmortem)
    .addColumn('number', integer as never, column => column.notNull())
    .addColumn('happened', text as never, column => column.notNull())
    .addColumn('learnt', text as never, column => column.notNull())
    .addColumn('changes', text as never, column => column.notNull())
    .addColumn('at', text as never, column => column.notNull())
    .addColumn('actor_name', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('executive_summaries_key', ['postmortem_id', 'number'] as never)
    .execute()
  await db.schema
    .createTable('summary_mails')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('postmortem_id', text as never, ofPostmortem)
    .addColumn('number', integer as never, column => column.notNull())
    .addColumn('address', text as never, column => column.notNull())
    .addColumn('at', text as never, column => column.notNull())
    .addColumn('actor_name', text as never, column => column.notNull())
    .execute()
  await db.schema
    .createIndex('summary_mails_postmortem_id')
    .on('summary_mails')
    .columns(['postmortem_id', 'id'])
    .execute()
}
