import { CompiledQuery, Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type Dialect, insertText, register } from './dialect.ts'
import { listenOn } from './postgres-listener.ts'

// COUNT and bigint come back as text by default; ours are far below 2^53.
const INT8 = 20
pg.types.setTypeParser(INT8, Number)

/** The protocol counts values in 16 bits. */
const VALUES_PER_STATEMENT = 60_000

/** Opens a pool on a PostgreSQL database, 15 or newer. */
export function openPostgres<T>(url: string): Kysely<T> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  const base = new PostgresDialect({ pool })
  const adapter = new PostgresAdapter()
  const db = new Kysely<T>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => base.createDriver(),
      createIntrospector: kysely => base.createIntrospector(kysely),
      createQueryCompiler: () => base.createQueryCompiler(),
    },
  })
  register(db as unknown as Kysely<unknown>, { ...postgres, listen: (_, channel, ear) => listenOn(url, channel, ear) })
  return db
}

const postgres: Omit<Dialect, 'listen'> = {
  label: 'PostgreSQL',
  text: sql`text collate "C"`,
  blob: sql`bytea`,
  integer: sql`bigint`,
  async lock(tx, name) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
  },
  async shareLock(tx, name) {
    await sql`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`.execute(tx)
  },
  async insertRows(tx, insert, rows) {
    const size = Math.max(1, Math.floor(VALUES_PER_STATEMENT / insert.columns.length))
    for (let at = 0; at < rows.length; at += size) {
      const some = rows.slice(at, at + size)
      await tx.executeQuery(
        CompiledQuery.raw(
          insertText(insert, some.length, n => `$${n}`),
          some.flat(),
        ),
      )
    }
  },
  async appendOnly(db, table) {
    await sql
      .raw(
        `create function ${table}_only_grows() returns trigger language plpgsql as $$ begin raise exception '${table} can only grow'; end $$`,
      )
      .execute(db)
    await sql
      .raw(
        `create trigger ${table}_no_change before update or delete on ${table} for each row execute function ${table}_only_grows()`,
      )
      .execute(db)
  },
  async backup() {
    throw new Error('On PostgreSQL use pg_dump: see README, "Backup"')
  },
  async now(db) {
    const { rows } = await sql<{ now: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`.execute(db)
    return rows[0]!.now
  },
  nowText: sql`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  async tellingSettings(db) {
    const { rows } = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name in (
        'track_commit_timestamp', 'log_statement', 'log_min_duration_statement',
        'log_min_duration_sample', 'log_transaction_sample_rate')`.execute(db)
    return rows.filter(isTelling).map(({ name, setting }) => `PostgreSQL has ${name} = ${setting}.`)
  },
  stampsRows: true,
  async withoutSamples(db, table, columns) {
    for (const column of columns)
      await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} set statistics 0`.execute(db)
  },
  async scrub(db, tables) {
    await untilNobodyReads(db)
    // One at a time: each rewrites its table and holds it alone meanwhile.
    for (const table of tables) await sql`vacuum full ${sql.table(table)}`.execute(db)
  },
  async notify(tx, channel, payload) {
    await sql`select pg_notify(${channel}, ${payload})`.execute(tx)
  },
  // Any number of processes may share the database.
  claim: async () => () => undefined,
}

/** A reader's snapshot is short, also that of the server's own housekeeping. */
const READERS_MS = 60_000

/**
 * Waits until no session has a snapshot from before now, and none will get one: a rewritten table keeps what such a one
 * may still see. A new snapshot begins with the oldest transaction that writes, in whichever database.
 * @throws Error when somebody keeps reading or writing.
 */
async function untilNobodyReads(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(db)
  const xid = sql`${rows[0]?.xid}::xid8`
  for (const until = Date.now() + READERS_MS; ; ) {
    const older = await sql`
      select 1 where pg_snapshot_xmin(pg_current_snapshot()) <= ${xid}
      union all
      select 1 from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and backend_xmin is not null and age(backend_xmin) >= age(${xid}::xid)`.execute(db)
    if (older.rows.length === 0) return
    if (Date.now() > until)
      throw new Error('Deleted rows could not be scrubbed: another session still has them in sight.')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

function isTelling({ name, setting }: { name: string; setting: string }): boolean {
  if (name === 'track_commit_timestamp') return setting === 'on'
  if (name === 'log_statement') return setting === 'mod' || setting === 'all'
  return name === 'log_transaction_sample_rate' ? Number(setting) > 0 : Number(setting) >= 0
}
