/** Everything that somebody with the machine could copy: rows, files as they lie on the disk, logs of changes. */
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { filePath } from '#db/index.server.ts'
import { filesBelow } from './files.ts'

export interface DumpedRow {
  table: string
  values: Record<string, unknown>
  /** What the database itself says of the row's place and age. */
  places: Record<string, number>
}

export interface Dump {
  rows: DumpedRow[]
  /** Bytes by where they lie. */
  files: Map<string, Buffer>
}

/**
 * Copies what there is of a database, without its help where that says more.
 * @param logFrom the first file of PostgreSQL's log of changes that can tell of it, from logFileOf.
 */
export function dumpDatabase(url: string, logFrom: string): Promise<Dump> {
  return url.startsWith('file:') ? dumpSqlite(filePath(url)) : dumpPostgres(url, logFrom)
}

/** The file of PostgreSQL's log of changes that is written now; '' for SQLite, whose log is its own. */
export async function logFileOf(url: string): Promise<string> {
  if (url.startsWith('file:')) return ''
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select pg_walfile_name(pg_current_wal_insert_lsn()) as name')
  await client.end()
  return rows[0].name
}

async function dumpSqlite(file: string): Promise<Dump> {
  const files = new Map(
    filesBelow(dirname(file))
      .filter(one => basename(one).startsWith(basename(file)))
      .map(one => [basename(one), readFileSync(one)]),
  )
  const db = new SQLite(file, { readonly: true })
  const names = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  const rows = names.flatMap(table =>
    (db.prepare(`select rowid as row_place, * from "${table}"`).all() as Record<string, unknown>[]).map(
      ({ row_place, ...values }) => ({ table, values, places: { rowid: Number(row_place) } }),
    ),
  )
  db.close()
  return { rows, files }
}

async function dumpPostgres(url: string, logFrom: string): Promise<Dump> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('checkpoint')
    const tables = await client.query(
      "select relname, pg_read_binary_file(pg_relation_filepath(oid)) as bytes from pg_class where relkind in ('r', 't', 'i') and relnamespace in ('public'::regnamespace, 'pg_toast'::regnamespace) and relname not like 'pg\\_%statistic%'",
    )
    const files = new Map<string, Buffer>(tables.rows.map(({ relname, bytes }) => [relname, bytes]))
    const wal = await client.query(
      "select name, pg_read_binary_file('pg_wal/' || name) as bytes from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name >= $1",
      [logFrom],
    )
    for (const { name, bytes } of wal.rows) files.set(`pg_wal/${name}`, bytes)
    const names = await client.query(
      "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    )
    const rows: DumpedRow[] = []
    for (const { relname } of names.rows) {
      const found = await client.query(
        `select xmin::text::bigint as place_xmin, (ctid::text::point)[0] * 10000 + (ctid::text::point)[1] as place_ctid, * from "${relname}"`,
      )
      for (const { place_xmin, place_ctid, ...values } of found.rows)
        rows.push({ table: relname, values, places: { xmin: Number(place_xmin), ctid: Number(place_ctid) } })
    }
    return { rows, files }
  } finally {
    await client.end()
  }
}

/** Which of these lie in any of the files, and where: all are looked for in one pass. Each has at least four bytes. */
export function findBytes(files: ReadonlyMap<string, Buffer>, wanted: readonly (Uint8Array | string)[]): string[] {
  const beginnings = new Uint8Array(1 << 16)
  const patterns = new Map<number, Buffer[]>()
  for (const one of wanted) {
    const bytes = Buffer.from(one)
    beginnings[bytes.readUInt16LE()] = 1
    const start = bytes.readUInt32LE()
    patterns.set(start, [...(patterns.get(start) ?? []), bytes])
  }
  const found: string[] = []
  for (const [name, bytes] of files)
    for (let at = 0; at + 4 <= bytes.length; at++) {
      if (!beginnings[(bytes[at] as number) | ((bytes[at + 1] as number) << 8)]) continue
      for (const pattern of patterns.get(bytes.readUInt32LE(at)) ?? [])
        if (pattern.equals(bytes.subarray(at, at + pattern.length)))
          found.push(`${pattern.toString('hex').slice(0, 40)} in ${name} at byte ${at}`)
    }
  return found
}

/** Bytes as programs write them: raw, in hexadecimal of both cases, base64url and base64. */
export function spellingsOf(bytes: Uint8Array): (Buffer | string)[] {
  const buffer = Buffer.from(bytes)
  const hex = buffer.toString('hex')
  // Without the last character or two, which depend on what follows.
  return [buffer, hex, hex.toUpperCase(), buffer.toString('base64url'), buffer.toString('base64').replace(/=+$/, '')]
}
