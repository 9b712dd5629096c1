/** What an incident goes through while it is open: severity changes, updates, handoffs. And what nearly was one. */
import { type Kysely, sql } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = dialectOf(db)

  await db.schema
    .alterTable('incidents')
    .addColumn('summary', text as never, column => column.notNull().defaultTo(''))
    .execute()
  await sql`create index incidents_severity_began on incidents (severity, coalesce(started_at, detected_at, ''))`.execute(
    db,
  )

  await db.schema
    .createTable('severity_changes')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('incident_id', text as never, column => column.notNull().references('incidents.id').onDelete('cascade'))
    .addColumn('at', text as never, column => column.notNull())
    .addColumn('from_severity', text as never)
    .addColumn('to_severity', text as never)
    .addColumn('reason', text as never, column => column.notNull())
    .addColumn('person_id', text as never)
    .addColumn('actor_name', text as never, column => column.notNull())
    .execute()
  await db.schema
    .createIndex('severity_changes_incident_id')
    .on('severity_changes')
    .columns(['incident_id', 'at'])
    .execute()

  await db.schema
    .createTable('incident_updates')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('incident_id', text as never, column => column.notNull().references('incidents.id').onDelete('cascade'))
    .addColumn('at', text as never, column => column.notNull())
    .addColumn('text', text as never, column => column.notNull())
    .addColumn('person_id', text as never)
    .addColumn('author_name', text as never, column => column.notNull())
    .addColumn('external_id', text as never)
    .addColumn('created_at', text as never, column => column.notNull())
    .execute()
  await db.schema
    .createIndex('incident_updates_incident_id')
    .on('incident_updates')
    .columns(['incident_id', 'at'])
    .execute()
  await db.schema
    .createIndex('incident_updates_external_id')
    .on('incident_updates')
    .columns(['incident_id', 'external_id'])
    .unique()
    .execute()

  await db.schema
    .createTable('handoffs')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('incident_id', text as never, column => column.notNull().references('incidents.id').onDelete('cascade'))
    .addColumn('role', text as never, column => column.notNull())
    // No reference: an import may replace an assignment, and the handoff stays on the record.
    .addColumn('assignment_id', text as never, column => column.notNull())
    .addColumn('giver_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('receiver_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('offered_at', text as never, column => column.notNull())
    .addColumn('parts', text as never, column => column.notNull())
    .addColumn('answer', text as never)
    .addColumn('answered_at', text as never)
    .addColumn('reason', text as never, column => column.notNull())
    .execute()
  await db.schema.createIndex('handoffs_incident_id').on('handoffs').columns(['incident_id', 'offered_at']).execute()
  await db.schema.createIndex('handoffs_receiver_id').on('handoffs').columns(['receiver_id', 'answer']).execute()
  await db.schema.createIndex('handoffs_giver_id').on('handoffs').column('giver_id').execute()

  await db.schema
    .createTable('near_misses')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('title', text as never, column => column.notNull())
    .addColumn('what_happened', text as never, column => column.notNull())
    .addColumn('what_stopped_it', text as never, column => column.notNull())
    .addColumn('service_id', text as never, column => column.references('services.id').onDelete('set null'))
    .addColumn('person_id', text as never, column => column.references('people.id').onDelete('set null'))
    .addColumn('reported_on', text as never, column => column.notNull())
    .execute()
  await db.schema.createIndex('near_misses_reported_on').on('near_misses').columns(['reported_on', 'id']).execute()
  await db.schema.createIndex('near_misses_service_id').on('near_misses').column('service_id').execute()
  await db.schema.createIndex('near_misses_person_id').on('near_misses').column('person_id').execute()
  await db.schema
    .createTable('near_miss_words')
    .addColumn('word', text as never, column => column.notNull())
    .addColumn('near_miss_id', text as never, column =>
      column.notNull().references('near_misses.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('near_miss_words_key', ['word', 'near_miss_id'] as never)
    .execute()
  await db.schema.createIndex('near_miss_words_near_miss_id').on('near_miss_words').column('near_miss_id').execute()
}
