/** Programs that tell of incidents and deployments: their secrets, what they delivered, and what it came to. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, blob } = dialectOf(db)

  await db.schema
    .createTable('hook_sources')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('slug', text as never, column => column.notNull())
    .addColumn('kind', text as never, column => column.notNull())
    .addColumn('name', text as never, column => column.notNull())
    .addColumn('tables', text as never, column => column.notNull())
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('paused_at', text as never)
    .addColumn('refused_at', text as never)
    .execute()
  await db.schema.createIndex('hook_sources_slug').on('hook_sources').column('slug').unique().execute()

  await db.schema
    .createTable('hook_secrets')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('source_id', text as never, column => column.notNull().references('hook_sources.id').onDelete('cascade'))
    .addColumn('secret', text as never, column => column.notNull())
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('last_used_on', text as never)
    .execute()
  await db.schema.createIndex('hook_secrets_source_id').on('hook_secrets').column('source_id').execute()

  await db.schema
    .createTable('hook_deliveries')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('source_id', text as never, column => column.notNull().references('hook_sources.id').onDelete('cascade'))
    .addColumn('received_at', text as never, column => column.notNull())
    .addColumn('once', text as never)
    .addColumn('event_type', text as never, column => column.notNull())
    .addColumn('event_at', text as never)
    .addColumn('outcome', text as never, column => column.notNull())
    .addColumn('note', text as never, column => column.notNull())
    // No reference: the record of a delivery outlives what it was about.
    .addColumn('incident_id', text as never)
    .addColumn('replayed_at', text as never)
    .addColumn('headers', text as never, column => column.notNull())
    .addColumn('size', integer as never, column => column.notNull())
    .addColumn('body_until', text as never)
    .addColumn('body', blob as never)
    .execute()
  await db.schema
    .createIndex('hook_deliveries_received')
    .on('hook_deliveries')
    .columns(['source_id', 'received_at', 'id'])
    .execute()
  await db.schema
    .createIndex('hook_deliveries_once')
    .on('hook_deliveries')
    .columns(['source_id', 'once'])
    .unique()
    .execute()
  await db.schema.createIndex('hook_deliveries_body_until').on('hook_deliveries').column('body_until').execute()

  await db.schema
    .createTable('hook_incidents')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('source_id', text as never, column => column.notNull().references('hook_sources.id').onDelete('cascade'))
    .addColumn('external_id', text as never, column => column.notNull())
    .addColumn('group_id', text as never)
    .addColumn('incident_id', text as never, column => column.notNull().references('incidents.id').onDelete('cascade'))
    .addColumn('observed', text as never, column => column.notNull())
    .addColumn('written', text as never, column => column.notNull())
    .execute()
  await db.schema
    .createIndex('hook_incidents_external_id')
    .on('hook_incidents')
    .columns(['source_id', 'external_id'])
    .unique()
    .execute()
  await db.schema
    .createIndex('hook_incidents_group_id')
    .on('hook_incidents')
    .columns(['source_id', 'group_id'])
    .execute()
  await db.schema.createIndex('hook_incidents_incident_id').on('hook_incidents').column('incident_id').execute()

  await db.schema
    .createTable('hook_deployments')
    .addColumn('source_id', text as never, column => column.notNull().references('hook_sources.id').onDelete('cascade'))
    .addColumn('external_id', text as never, column => column.notNull())
    .addColumn('deployed_at', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('hook_deployments_key', ['source_id', 'external_id'] as never)
    .execute()
}
