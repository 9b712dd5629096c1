import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import {
  CompiledQuery,
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
import { type Dialect, insertText, register } from './dialect.ts'
import { scrubSqlite } from './scrub-sqlite.ts'

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
  register(db as unknown as Kysely<unknown>, sqliteAt(path))
  return db
}

function sqliteAt(path: string): Dialect {
  return { ...sqlite, claim: async (_, role) => claimBeside(path, role), scrub: () => scrubSqlite(path) }
}

const sqlite: Omit<Dialect, 'claim' | 'scrub'> = {
  label: 'SQLite',
  text: sql`text`,
  blob: sql`blob`,
  integer: sql`integer`,
  // The one writer is held from BEGIN IMMEDIATE on, so a transaction already excludes all others.
  lock: async () => undefined,
  shareLock: async () => undefined,
  async insertRows(tx, insert, rows) {
    const query: RepeatedQuery = { ...CompiledQuery.raw(insertText(insert, 1, () => '?')), repeatFor: rows }
    await tx.executeQuery(query)
  },
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
  now: async () => null,
  nowText: sql`null`,
  // Samples are taken by ANALYZE alone, which nobody runs.
  withoutSamples: async () => undefined,
  tellingSettings: async () => [],
  stampsRows: false,
  // One process has the file, see claim: there is nobody else to speak to.
  notify: async () => undefined,
  listen: () => null,
}

/** The operating system gives the lock back however the process ends. */
function claimBeside(path: string, role: string): (() => void) | null {
  const lock = new SQLite(`${path}.${role}`, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return () => lock.close()
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}

/** A statement that is prepared once and run for each of these rows of values. */
interface RepeatedQuery extends CompiledQuery {
  repeatFor: readonly unknown[][]
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
  #writer!: Handle
  #reader!: Handle
  readonly #turn = new Turn()

  constructor(path: string) {
    this.#path = path
  }

  async init(): Promise<void> {
    // FULL: an acknowledged write survives a power cut. secure_delete: what is deleted is overwritten.
    this.#writer = new Handle(this.#path, [
      'busy_timeout=10000',
      'journal_mode=WAL',
      'synchronous=FULL',
      'foreign_keys=ON',
      'secure_delete=ON',
      'cache_size=-65536',
      `wal_autocheckpoint=${PAGES_PER_CHECKPOINT}`,
      // From here on another process's write is waited for without stopping this one: see whenFree.
      'busy_timeout=20',
    ])
    this.#reader = new Handle(this.#path, [
      'query_only=ON',
      'busy_timeout=10000',
      'secure_delete=ON',
      'cache_size=-65536',
    ])
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
    private readonly writer: Handle,
    private readonly reader: Handle,
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
    if (this.#release) return this.writer.run(query)
    if (SelectQueryNode.is(query.query)) return this.reader.run(query)
    const release = await this.turn.take()
    try {
      return await whenFree(() => this.writer.run<R>(query))
    } finally {
      release()
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of (this.#release ? this.writer : this.reader).iterate(query)) yield { rows: [row as R] }
  }
}

/** An import touches the same pages again and again; copying them into the file less often halves that work. */
const PAGES_PER_CHECKPOINT = 4_000
/** To prepare a statement takes longer than to run it, so this many are kept, the latest used. */
const STATEMENTS_KEPT = 200
/** Longer ones are lists of values that hardly come again. */
const LONGEST_KEPT = 4_000

/** A connection to the file with its prepared statements. */
class Handle {
  readonly #database: SQLite.Database
  readonly #statements = new Map<string, SQLite.Statement>()

  constructor(path: string, pragmas: string[]) {
    this.#database = new SQLite(path)
    for (const pragma of pragmas) this.#database.pragma(pragma)
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  exec(text: string): void {
    this.#database.exec(text)
  }

  run<R>(query: CompiledQuery | RepeatedQuery): QueryResult<R> {
    const statement = this.#prepare(query.sql)
    if ('repeatFor' in query) {
      for (const values of query.repeatFor) statement.run(values)
      return { rows: [] }
    }
    if (statement.reader) return { rows: statement.all(...query.parameters) as R[] }
    const { changes, lastInsertRowid } = statement.run(...query.parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  /** Row by row. The statement is its own: a kept one could be asked for again before the last row. */
  iterate(query: CompiledQuery): IterableIterator<unknown> {
    return this.#database.prepare(query.sql).iterate(...query.parameters)
  }

  close(): void {
    this.#database.close()
  }

  #prepare(text: string): SQLite.Statement {
    const known = this.#statements.get(text)
    const statement = known ?? this.#database.prepare(text)
    if (text.length > LONGEST_KEPT) return statement
    // Set again it is the last in order, so that the first is the one that has not been used for longest.
    if (known) this.#statements.delete(text)
    else if (this.#statements.size === STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value!)
    this.#statements.set(text, statement)
    return statement
  }
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
