import { type Kysely, type Migration, Migrator } from 'kysely'
import { migrations } from './migrations/index.ts'

export interface MigrationReport {
  applied: string[]
}

/**
 * Brings the schema up to date, under the migrator's lock and in one transaction: all steps or none.
 * @throws Error saying which step failed, that the old schema is untouched, and what to do.
 */
export async function migrate<T>(
  db: Kysely<T>,
  steps: Record<string, Migration> = migrations,
): Promise<MigrationReport> {
  const { error, results } = await migrator(db, steps).migrateToLatest()
  if (error) {
    const failed = results?.find(result => result.status === 'Error')?.migrationName
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The database could not be upgraded${failed ? ` (step ${failed})` : ''}: ${reason}. ` +
        'Nothing was changed: the earlier version of Candor still runs on it. ' +
        'Make a backup, then start again; if it fails the same way, stay on the earlier version.',
      { cause: error },
    )
  }
  return { applied: (results ?? []).filter(result => result.status === 'Success').map(result => result.migrationName) }
}

/** Names of the steps that this database has not taken yet. */
export async function pendingMigrations<T>(db: Kysely<T>): Promise<string[]> {
  const all = await migrator(db, migrations).getMigrations()
  return all.filter(migration => !migration.executedAt).map(migration => migration.name)
}

function migrator<T>(db: Kysely<T>, steps: Record<string, Migration>): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => steps } })
}
