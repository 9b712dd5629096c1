/** What the two databases do differently, behind one face. Nothing outside this folder asks which one it is. */
import type { Insertable, Kysely, RawBuilder, Transaction } from 'kysely'

export interface Dialect {
  /** For messages only. */
  label: string
  /** Column types for migrations: text that compares by code point, bytes, 64-bit integers. */
  text: RawBuilder<unknown>
  blob: RawBuilder<unknown>
  integer: RawBuilder<unknown>
  /** Holds other transactions that ask for the same name until this one ends. */
  lock(tx: Kysely<unknown>, name: string): Promise<void>
  /** Holds, and waits for, only those that `lock` the same name; others may share it. */
  shareLock(tx: Kysely<unknown>, name: string): Promise<void>
  /** Runs `insert` once for each row: the fastest way in for many rows. */
  insertRows(tx: Kysely<unknown>, insert: Insert, rows: readonly unknown[][]): Promise<void>
  /** Makes a table refuse UPDATE and DELETE. */
  appendOnly(db: Kysely<unknown>, table: string): Promise<void>
  /** Copies the whole live database into a new file, consistently. */
  backup(db: Kysely<unknown>, file: string): Promise<void>
  /** The database's own clock, in milliseconds since 1970; null where it is this machine's. */
  now(db: Kysely<unknown>): Promise<number | null>
  /** The same clock within a query, as ISO 8601 UTC with milliseconds; null where it is this machine's. */
  nowText: RawBuilder<string | null>
  /** Settings under which the database writes down who changed what when, each as a sentence. */
  tellingSettings(db: Kysely<unknown>): Promise<string[]>
  /** Whether a changed row is a new one that says when it was written, by its place and its transaction. */
  stampsRows: boolean
  /** Keeps samples of these columns out of what the database notes about its tables. */
  withoutSamples(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void>
  /** Leaves nothing of deleted rows of these tables in the database's files. Not within a transaction. */
  scrub(db: Kysely<unknown>, tables: readonly string[]): Promise<void>
  /** Says something to the other processes on this database once the transaction commits. */
  notify(tx: Kysely<unknown>, channel: string, payload: string): Promise<void>
  /** Hears what other processes say; null where there can be none. */
  listen(db: Kysely<unknown>, channel: string, ear: Ear): Listening | null
  /** Keeps a role for this process where only one may have it. @returns how to give it up; null when another has it. */
  claim(db: Kysely<unknown>, role: string): Promise<(() => void) | null>
}

/** Who listens. */
export interface Ear {
  hear(payload: string): void
  /** The connection is there, again perhaps: something may have been missed. */
  ready(): void
}

export interface Listening {
  close(): Promise<void>
}

/** An INSERT without its values. */
export interface Insert {
  table: string
  columns: readonly string[]
  /** What to do with a row that is there already; without it such a row is an error. */
  conflict: Conflict | null
}

export interface Conflict {
  /** The columns of the unique index; none for any. */
  on: readonly string[]
  /** The columns that get the new values; none to leave the row as it is. */
  update: readonly string[]
}

const dialects = new WeakMap<object, Dialect>()

/** Remembers the dialect of a database by its executor's adapter, which its transactions share. */
export function register(db: Kysely<unknown>, dialect: Dialect): void {
  dialects.set(db.getExecutor().adapter, dialect)
}

export function dialectOf<T>(db: Kysely<T>): Dialect {
  const dialect = dialects.get(db.getExecutor().adapter)
  if (!dialect) throw new Error('This database was not opened by openDatabase')
  return dialect
}

/** Runs `work` in a transaction, joining the caller's if `db` is one already. */
export function inTransaction<T, R>(db: Kysely<T>, work: (tx: Transaction<T>) => Promise<R>): Promise<R> {
  return db.isTransaction ? work(db as Transaction<T>) : db.transaction().execute(work)
}

/** Waits until no other transaction holds `name`, and holds it until this transaction ends. */
export function lockFor<T>(tx: Transaction<T>, name: string): Promise<void> {
  return dialectOf(tx).lock(tx as unknown as Kysely<unknown>, name)
}

/** Waits until no other transaction holds `name` by lockFor, and keeps such ones waiting until this transaction ends. */
export function shareLockFor<T>(tx: Transaction<T>, name: string): Promise<void> {
  return dialectOf(tx).shareLock(tx as unknown as Kysely<unknown>, name)
}

/** The database's clock as a column of a query, as ISO 8601 UTC; null where it is this machine's. */
export function nowColumn<T>(db: Kysely<T>): RawBuilder<string | null> {
  return dialectOf(db).nowText
}

/** Settings under which the database writes down who changed what when, each as a sentence; none is what is wanted. */
export function tellingSettings<T>(db: Kysely<T>): Promise<string[]> {
  return dialectOf(db).tellingSettings(db as unknown as Kysely<unknown>)
}

/** Whether a changed row is a new one that says when it was written, by its place and its transaction. */
export function stampsRows<T>(tx: Transaction<T>): boolean {
  return dialectOf(tx).stampsRows
}

/** Leaves nothing of deleted rows of these tables in the database's files. Not within a transaction. */
export function scrubTables<T>(db: Kysely<T>, tables: readonly (keyof T & string)[]): Promise<void> {
  return dialectOf(db).scrub(db as unknown as Kysely<unknown>, tables)
}

/** The clock that every process on this database shares, in milliseconds since 1970; null where it is this machine's. */
export function databaseNow<T>(db: Kysely<T>): Promise<number | null> {
  return dialectOf(db).now(db as unknown as Kysely<unknown>)
}

/** Says something to the other processes on this database once the transaction commits. */
export function notifyOthers<T>(tx: Transaction<T>, channel: string, payload: string): Promise<void> {
  return dialectOf(tx).notify(tx as unknown as Kysely<unknown>, channel, payload)
}

/** Hears what other processes on this database say; null where there can be none. */
export function listenTo<T>(db: Kysely<T>, channel: string, ear: Ear): Listening | null {
  return dialectOf(db).listen(db as unknown as Kysely<unknown>, channel, ear)
}

/** Keeps a role for this process where only one may have it. @returns how to give it up; null when another has it. */
export function claimAlone<T>(db: Kysely<T>, role: string): Promise<(() => void) | null> {
  return dialectOf(db).claim(db as unknown as Kysely<unknown>, role)
}

/** Adds rows that all have the columns of the first one, many at a time. */
export async function insertRows<T, K extends keyof T & string>(
  tx: Transaction<T>,
  table: K,
  rows: readonly Insertable<T[K]>[],
  conflict: Conflict | null = null,
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0] as object)
  const values = rows.map(row => columns.map(column => (row as Record<string, unknown>)[column]))
  await dialectOf(tx).insertRows(tx as unknown as Kysely<unknown>, { table, columns, conflict }, values)
}

/** The text of an INSERT of so many rows; `mark` names the nth value, counted from one. */
export function insertText({ table, columns, conflict }: Insert, rows: number, mark: (n: number) => string): string {
  let n = 0
  const row = (): string => `(${columns.map(() => mark(++n)).join(', ')})`
  const values = Array.from({ length: rows }, row).join(', ')
  return `insert into ${quoted([table])} (${quoted(columns)}) values ${values}${conflict ? conflictText(conflict) : ''}`
}

function conflictText({ on, update }: Conflict): string {
  const target = on.length ? ` (${quoted(on)})` : ''
  if (update.length === 0) return ` on conflict${target} do nothing`
  return ` on conflict${target} do update set ${update.map(name => `${quoted([name])} = excluded.${quoted([name])}`).join(', ')}`
}

function quoted(names: readonly string[]): string {
  return names.map(name => `"${name.replaceAll('"', '""')}"`).join(', ')
}
