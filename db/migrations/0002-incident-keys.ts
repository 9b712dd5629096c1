/** The key of an incident that a postmortem names and Candor does not have yet: kept until it comes. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('postmortems')
    .addColumn('incident_key', dialectOf(db).text as never)
    .execute()
  await db.schema.createIndex('postmortems_incident_key').on('postmortems').column('incident_key').execute()
}
