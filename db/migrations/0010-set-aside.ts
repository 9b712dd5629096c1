/** What is not in the library is found without reading everything that is. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index postmortems_restricted on postmortems (updated_at) where is_restricted = 1`.execute(db)
  await sql`create index postmortems_archived on postmortems (updated_at) where archived_at is not null`.execute(db)
}
