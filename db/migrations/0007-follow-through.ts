/** What became of action items, the jobs that ask after them, and how families were judged. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)

  // No reference to action_items: their rows are written anew with their postmortem, and history outlasts that.
  await db.schema
    .createTable('action_events')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('action_id', text as never, column => column.notNull())
    .addColumn('at', text as never, column => column.notNull())
    .addColumn('person_id', text as never)
    .addColumn('actor_name', text as never, column => column.notNull())
    .addColumn('change', text as never, column => column.notNull())
    .addColumn('why', text as never)
    .addColumn('decided_by', text as never)
    .execute()
  await db.schema.createIndex('action_events_action_id').on('action_events').columns(['action_id', 'at']).execute()
  await db.schema
    .createTable('action_details')
    .addColumn('action_id', text as never, column => column.notNull().primaryKey())
    .addColumn('effort_tenths', integer as never)
    .addColumn('tracker_url', text as never)
    .addColumn('tracker_state', text as never)
    .addColumn('tracker_seen_on', text as never)
    .execute()
  await db.schema
    .createTable('action_links')
    .addColumn('token_hash', text as never, column => column.notNull().primaryKey())
    .addColumn('action_id', text as never, column => column.notNull())
    .addColumn('person_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('expires_at', text as never, column => column.notNull())
    .addColumn('used_at', text as never)
    .execute()
  await db.schema.createIndex('action_links_person_id').on('action_links').column('person_id').execute()
  await db.schema.createIndex('action_links_expires_at').on('action_links').column('expires_at').execute()

  await db.schema
    .createTable('jobs')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('state', text as never, column => column.notNull())
    .addColumn('attempts', integer as never, column => column.notNull())
    .addColumn('started_at', text as never, column => column.notNull())
    .addColumn('finished_at', text as never)
    .addColumn('retry_at', text as never)
    .addColumn('error', text as never)
    .execute()
  await db.schema.createIndex('jobs_started_at').on('jobs').column('started_at').execute()

  await db.schema
    .createTable('family_changes')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('family_id', text as never, column => column.notNull().references('families.id').onDelete('cascade'))
    .addColumn('kind', text as never, column => column.notNull())
    .addColumn('moved', text as never, column => column.notNull())
    .addColumn('at', text as never, column => column.notNull())
    .addColumn('actor_name', text as never, column => column.notNull())
    .addColumn('undone_at', text as never)
    .execute()
  await db.schema.createIndex('family_changes_family_id').on('family_changes').columns(['family_id', 'at']).execute()
  await db.schema
    .createTable('family_refusals')
    .addColumn('incident_id', text as never, column => column.notNull().references('incidents.id').onDelete('cascade'))
    .addColumn('other_id', text as never, column => column.notNull().references('incidents.id').onDelete('cascade'))
    .addColumn('at', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('family_refusals_key', ['incident_id', 'other_id'] as never)
    .execute()
  await db.schema.createIndex('family_refusals_other_id').on('family_refusals').column('other_id').execute()
  await db.schema
    .createTable('senior_reviews')
    .addColumn('incident_id', text as never, column =>
      column.notNull().primaryKey().references('incidents.id').onDelete('cascade'),
    )
    .addColumn('at', text as never, column => column.notNull())
    .addColumn('actor_name', text as never, column => column.notNull())
    .addColumn('note', text as never, column => column.notNull())
    .execute()
}
