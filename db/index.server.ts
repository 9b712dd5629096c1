/** The one door to the database: open it, type it, migrate it. */
import type { Kysely, Transaction } from 'kysely'
import { openPostgres } from './dialects/postgres.ts'
import { openSqlite } from './dialects/sqlite.ts'
import type { ForumsTables, LiveTables } from './tables/forums.ts'
import type { IdentityTables } from './tables/identity.ts'
import type { IncidentsTables } from './tables/incidents.ts'
import type { ParticipationTables } from './tables/participation.ts'
import type { PlatformTables } from './tables/platform.ts'
import type { PostmortemsTables } from './tables/postmortems.ts'
import type { ReportsTables } from './tables/reports.ts'
import type { SearchTables } from './tables/search.ts'
import type { SurveysTables } from './tables/surveys.ts'
import type { ThemesTables } from './tables/themes.ts'

export interface Tables
  extends PlatformTables,
    IdentityTables,
    ThemesTables,
    IncidentsTables,
    ParticipationTables,
    SearchTables,
    PostmortemsTables,
    SurveysTables,
    ForumsTables,
    LiveTables,
    ReportsTables {}

/** A handle for queries: the database itself or a transaction on it. */
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

export { backupDatabase, checkDatabaseFile, copyDatabaseFile, isInUse } from './backup.server.ts'
export {
  claimAlone,
  databaseNow,
  insertRows,
  inTransaction,
  type Listening,
  listenTo,
  lockFor,
  notifyOthers,
  nowColumn,
  scrubTables,
  shareLockFor,
  stampsRows,
  tellingSettings,
} from './dialects/dialect.ts'
export { type MigrationReport, migrate, pendingMigrations } from './migrate.server.ts'

/**
 * Opens a database without touching its schema.
 * @param url `file:/path/to.db` for SQLite, `postgres://user:password@host:port/name` for PostgreSQL 15 or newer.
 * @throws Error with a sentence naming the url's scheme when it is neither.
 */
export function openDatabase(url: string): Db {
  if (url.startsWith('file:')) return openSqlite<Tables>(filePath(url))
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) return openPostgres<Tables>(url)
  throw new Error(`DATABASE_URL must start with file: or postgres://, not "${url.split(':', 1)[0]}:"`)
}

/** The path named by a `file:` url; relative paths are taken from the working directory. */
export function filePath(url: string): string {
  return decodeURIComponent(url.replace(/^file:(\/\/(?=\/))?/, ''))
}
