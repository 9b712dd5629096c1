/** What the two databases do differently, behind one face. Nothing outside this folder asks which one it is. */
import type { Kysely, RawBuilder, Transaction } from 'kysely'

export interface Dialect {
  /** For messages only. */
  label: string
  /** Column types for migrations: text that compares by code point, bytes, 64-bit integers. */
  text: RawBuilder<unknown>
  blob: RawBuilder<unknown>
  integer: RawBuilder<unknown>
  /** Holds other transactions that ask for the same name until this one ends. */
  lock(tx: Kysely<unknown>, name: string): Promise<void>
  /** Makes a table refuse UPDATE and DELETE. */
  appendOnly(db: Kysely<unknown>, table: string): Promise<void>
  /** Copies the whole live database into a new file, consistently. */
  backup(db: Kysely<unknown>, file: string): Promise<void>
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
