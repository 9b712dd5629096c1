import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely'
import { type Dialect, register } from './dialect.ts'

/** Opens one writing and one reading connection on the file, creating it if absent. */
export function openSqlite<T>(path: string): Kysely<T> {
  mkdirSync(dirname(path), { recursive: true })
  const adapter = new TransactionalSqliteAdapter()
  const db = new Kysely<T>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => new TwoHandedDriver(path),
      createIntrospector: kysely => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  register(db as unknown as Kysely<unknown>, sqlite)
  return db
}

const sqlite: Dialect = {
  label: 'SQLite',
  text: sql`text`,
  blob: sql`blob`,
  integer: sql`integer`,
  // The one writer is held from BEGIN IMMEDIATE on, so a transaction already excludes all others.
  lock: async () => undefined,
  async appendOnly(db, table) {
    for (const act of ['update', 'delete'])
      await sql
        .raw(
          `create trigger ${table}_no_${act} before ${act} on ${table} begin select raise(abort, '${table} can only grow'); end`,
        )
        .execute(db)
  },
  async backup(db, file) {
    await sql`vacuum into ${file}`.execute(db)
  },
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  // Kysely says false because of one pragma; with true, a failed migration leaves the old schema whole.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/**
 * better-sqlite3 is synchronous, so a second writer in this process would block the event loop that the first one
 * needs to finish. Writes queue for the one writing handle; plain SELECTs go to the reading handle and never wait.
 */
class TwoHandedDriver implements Driver {
  readonly #path: string
  #writer!: SQLite.Database
  #reader!: SQLite.Database
  readonly #turn = new Turn()

  constructor(path: string) {
    this.#path = path
  }

  async init(): Promise<void> {
    this.#writer = new SQLite(this.#path)
    // FULL: an acknowledged write survives a power cut. secure_delete: what is deleted is overwritten.
    for (const pragma of [
      'busy_timeout=10000',
      'journal_mode=WAL',
      'synchronous=FULL',
      'foreign_keys=ON',
      'secure_delete=ON',
    ])
      this.#writer.pragma(pragma)
    // From here on another process's write is waited for without stopping this one: see whenFree.
    this.#writer.pragma('busy_timeout=20')
    this.#reader = new SQLite(this.#path)
    for (const pragma of ['query_only=ON', 'busy_timeout=10000', 'secure_delete=ON', 'cache_size=-65536'])
      this.#reader.pragma(pragma)
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new SqliteConnection(this.#writer, this.#reader, this.#turn)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as SqliteConnection).begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    ;(connection as SqliteConnection).end('commit')
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    ;(connection as SqliteConnection).end('rollback')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#reader?.close()
    this.#writer?.close()
  }
}

class SqliteConnection implements DatabaseConnection {
  #release: (() => void) | null = null

  constructor(
    private readonly writer: SQLite.Database,
    private readonly reader: SQLite.Database,
    private readonly turn: Turn,
  ) {}

  async begin(): Promise<void> {
    this.#release = await this.turn.take()
    try {
      await whenFree(() => this.writer.exec('begin immediate'))
    } catch (error) {
      this.#release()
      this.#release = null
      throw error
    }
  }

  end(how: 'commit' | 'rollback'): void {
    try {
      // A failed statement may have rolled the transaction back already.
      if (this.writer.inTransaction) this.writer.exec(how)
    } finally {
      this.#release?.()
      this.#release = null
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#release) return run(this.writer, query)
    if (SelectQueryNode.is(query.query)) return run(this.reader, query)
    const release = await this.turn.take()
    try {
      return await whenFree(() => run<R>(this.writer, query))
    } finally {
      release()
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const statement = (this.#release ? this.writer : this.reader).prepare(query.sql)
    for (const row of statement.iterate(...query.parameters)) yield { rows: [row as R] }
  }
}

function run<R>(handle: SQLite.Database, query: CompiledQuery): QueryResult<R> {
  const statement = handle.prepare(query.sql)
  if (statement.reader) return { rows: statement.all(...query.parameters) as R[] }
  const { changes, lastInsertRowid } = statement.run(...query.parameters)
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}

const BUSY_LIMIT_MS = 15_000

/** Tries again while another process holds the file, letting the event loop run in between. */
async function whenFree<R>(attempt: () => R): Promise<R> {
  const until = performance.now() + BUSY_LIMIT_MS
  for (;;)
    try {
      return attempt()
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() > until) throw error
      await new Promise(resolve => setTimeout(resolve, 10))
    }
}

/** A queue for one thing: `take` waits for its turn and answers with the function that gives it back. */
class Turn {
  #last: Promise<void> = Promise.resolve()

  async take(): Promise<() => void> {
    const before = this.#last
    let release!: () => void
    this.#last = new Promise(resolve => {
      release = resolve
    })
    await before
    return release
  }
}
