/** Culture health reports: drafts, words of people, editions, public addresses, months that no longer move, traffic. */
import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)
  const needed = (column: ColumnDefinitionBuilder) => column.notNull()
  const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey()
  const ofReport = (column: ColumnDefinitionBuilder) => column.notNull().references('reports.id').onDelete('cascade')
  const perhapsPerson = (column: ColumnDefinitionBuilder) => column.references('people.id').onDelete('set null')

  await db.schema
    .createTable('reports')
    .addColumn('id', text as never, key)
    .addColumn('period', text as never, column => column.notNull().unique())
    .addColumn('first_day', text as never, needed)
    .addColumn('end_day', text as never, needed)
    .addColumn('state', text as never, needed)
    .addColumn('story', text as never)
    .addColumn('story_version', integer as never, needed)
    .addColumn('as_of', text as never)
    .addColumn('reason', text as never)
    .addColumn('created_at', text as never, needed)
    .addColumn('updated_at', text as never, needed)
    .execute()
  await db.schema.createIndex('reports_by_day').on('reports').columns(['end_day', 'first_day']).execute()

  await db.schema
    .createTable('report_commentary')
    .addColumn('report_id', text as never, ofReport)
    .addColumn('chapter', text as never, needed)
    .addColumn('text', text as never, needed)
    .addColumn('version', integer as never, needed)
    .addColumn('writer_id', text as never, perhapsPerson)
    .addColumn('written_at', text as never, needed)
    .addPrimaryKeyConstraint('report_commentary_key', ['report_id', 'chapter'] as never)
    .execute()

  await db.schema
    .createTable('report_editions')
    .addColumn('report_id', text as never, ofReport)
    .addColumn('number', integer as never, needed)
    .addColumn('published_at', text as never, needed)
    .addColumn('publisher_id', text as never, perhapsPerson)
    .addColumn('content', text as never, needed)
    .addColumn('words', text as never, needed)
    .addColumn('differences', text as never, needed)
    .addColumn('reason', text as never, needed)
    .addPrimaryKeyConstraint('report_editions_key', ['report_id', 'number'] as never)
    .execute()

  // Only a hash of the address is kept: reading the database gives nobody a way in.
  await db.schema
    .createTable('report_addresses')
    .addColumn('id', text as never, key)
    .addColumn('report_id', text as never, ofReport)
    .addColumn('secret_hash', text as never, column => column.notNull().unique())
    .addColumn('chapters', text as never, needed)
    .addColumn('created_at', text as never, needed)
    .addColumn('creator_id', text as never, perhapsPerson)
    .addColumn('revoked_at', text as never)
    .execute()
  await db.schema.createIndex('report_addresses_by_report').on('report_addresses').column('report_id').execute()

  await db.schema
    .createTable('report_readers')
    .addColumn('person_id', text as never, column =>
      column.notNull().primaryKey().references('people.id').onDelete('cascade'),
    )
    .addColumn('since', text as never, needed)
    .execute()
  await db.schema
    .createTable('report_mails')
    .addColumn('report_id', text as never, ofReport)
    .addColumn('number', integer as never, needed)
    .addColumn('person_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('sent_at', text as never, needed)
    .addPrimaryKeyConstraint('report_mails_key', ['report_id', 'number', 'person_id'] as never)
    .execute()
  await db.schema
    .createTable('digest_mails')
    .addColumn('week', text as never, needed)
    .addColumn('person_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('sent_at', text as never, needed)
    .addPrimaryKeyConstraint('digest_mails_key', ['week', 'person_id'] as never)
    .execute()

  await db.schema
    .createTable('report_months')
    .addColumn('month', text as never, key)
    .addColumn('frozen_at', text as never, needed)
    .addColumn('figures', text as never, needed)
    .addColumn('definitions', text as never, needed)
    .execute()

  await db.schema
    .createTable('traffic')
    .addColumn('id', text as never, key)
    .addColumn('day', text as never, needed)
    .addColumn('service_id', text as never, column => column.references('services.id').onDelete('cascade'))
    .addColumn('requests', integer as never, needed)
    .execute()
  await db.schema.createIndex('traffic_day').on('traffic').columns(['day', 'service_id']).unique().execute()
  await db.schema.createIndex('traffic_service_id').on('traffic').column('service_id').execute()
}
