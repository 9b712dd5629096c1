/** Who held which role in an incident and when; what was deployed; what the figures are looked up by. */
import { type Kysely, sql } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = dialectOf(db)

  await db.schema
    .createTable('role_assignments')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('incident_id', text as never, column => column.notNull().references('incidents.id').onDelete('cascade'))
    .addColumn('role', text as never, column => column.notNull())
    .addColumn('person_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('started_at', text as never)
    .addColumn('ended_at', text as never)
    .addColumn('taken_over', integer as never, column => column.notNull())
    .addColumn('position', integer as never, column => column.notNull())
    .addColumn('flags', text as never, column => column.notNull())
    .execute()
  await db.schema
    .createIndex('role_assignments_who_when')
    .on('role_assignments')
    .columns(['incident_id', 'role', 'person_id', 'started_at'])
    .unique()
    .execute()
  await db.schema
    .createIndex('role_assignments_person_id')
    .on('role_assignments')
    .columns(['person_id', 'role'])
    .execute()
  // Of a commander whom an incident names, nobody knows since when: see name-commanders.server.ts.
  await sql`
    insert into role_assignments (id, incident_id, role, person_id, taken_over, position, flags)
    select id, id, 'incident commander', commander_id, 0, 0, '[]' from incidents
    where commander_id in (select people.id from people)`.execute(db)

  await db.schema
    .createTable('deployments')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('deployed_at', text as never, column => column.notNull())
    .addColumn('service_id', text as never, column => column.references('services.id').onDelete('cascade'))
    .addColumn('count', integer as never, column => column.notNull())
    .execute()
  await db.schema
    .createIndex('deployments_deployed_at')
    .on('deployments')
    .columns(['deployed_at', 'service_id'])
    .unique()
    .execute()
  await db.schema.createIndex('deployments_service_id').on('deployments').column('service_id').execute()

  await sql`create index incidents_began on incidents (coalesce(started_at, detected_at, ''))`.execute(db)
  for (const [table, column] of [
    ['incidents', 'resolved_at'],
    ['action_items', 'due_on'],
    ['action_items', 'created_on'],
    ['action_items', 'closed_on'],
    ['action_items', 'external_id'],
  ] as const)
    await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute()
}
