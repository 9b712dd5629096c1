/** Copies of a SQLite database: made while it is live, checked by opening them. */
import { existsSync, rmSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import type { Kysely } from 'kysely'
import { dialectOf } from './dialects/dialect.ts'

/** Writes a consistent copy of the live database into a file that does not exist yet (VACUUM INTO). */
export function backupDatabase<T>(db: Kysely<T>, file: string): Promise<void> {
  return dialectOf(db).backup(db as unknown as Kysely<unknown>, file)
}

/** Opens a copy and checks every page and reference. @returns what is wrong, or null. */
export async function checkDatabaseFile(file: string): Promise<string | null> {
  let copy: SQLite.Database | undefined
  try {
    copy = new SQLite(file, { readonly: true, fileMustExist: true })
    const integrity = copy.pragma('integrity_check', { simple: true })
    if (integrity !== 'ok') return String(integrity)
    if ((copy.pragma('foreign_key_check') as unknown[]).length > 0) return 'rows refer to others that are not there'
    const known = copy.prepare("select count(*) from sqlite_master where name = 'kysely_migration'").pluck().get()
    return known ? null : 'it has no tables of Candor'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    copy?.close()
  }
}

export async function copyDatabaseFile(from: string, to: string): Promise<void> {
  rmSync(to, { force: true })
  const source = new SQLite(from, { readonly: true, fileMustExist: true })
  try {
    await source.backup(to)
  } finally {
    source.close()
  }
}

/** Whether another process holds the database open. */
export async function isInUse(file: string): Promise<boolean> {
  if (!existsSync(file)) return false
  const probe = new SQLite(file, { timeout: 200 })
  try {
    // Leaving WAL needs every other connection closed; nothing is changed when it is refused.
    const mode = probe.pragma('journal_mode=DELETE', { simple: true })
    return mode !== 'delete'
  } catch {
    return true
  } finally {
    probe.close()
  }
}
