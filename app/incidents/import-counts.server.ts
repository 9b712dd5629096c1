/** What the imports of deployments and of traffic have in common: so many of a service at one time. */
import { type Actor, demand } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { eachSlice } from '#app/platform/slices.ts'
import {
  type CellComplaint,
  emptyTableReport,
  reject,
  type TableOptions,
  type TableReport,
  type TableRow,
} from '#app/platform/table-import.ts'
import { type Db, lockFor, type Tx } from '#db/index.server.ts'
import { auditedSlice } from './audited-slice.server.ts'
import { NAME_LIMIT, slugOfName, tidyName } from './names.server.ts'
import { ensureServices, ROOM_LOCK } from './services.server.ts'

/** A row as it is kept: a moment or a day, and how many there were; service null for what is of none or of all. */
export interface CountRow {
  id: string
  at: string
  serviceId: string | null
  count: number
}

/** One kind of counts. A cell that cannot be read gives back what is to be said of it. */
export interface CountTable {
  /** What the audit trail calls the import. */
  act: string
  /** The column of the time, how it is read, and how a message calls it. */
  at: { column: string; called: string; read(text: string): string | CellComplaint }
  count: { column: string; read(text: string): number | CellComplaint }
  find(tx: Tx, times: string[]): Promise<CountRow[]>
  insert(tx: Tx, rows: CountRow[]): Promise<void>
  update(tx: Tx, id: string, count: number): Promise<void>
}

interface ReadCount {
  line: number
  at: string
  /** Null where the file names none. */
  service: string | null
  count: number
}

/** Rows per transaction: few enough that other requests hardly wait. */
const SLICE = 500

/**
 * Brings in counts. Time and service say which row it is; the same again changes nothing. Unknown services are made and
 * reported.
 * @throws AppError not-found for those who may not.
 */
export async function importCounts(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  table: CountTable,
  rows: readonly TableRow[],
  { dryRun = false, onProgress }: TableOptions = {},
): Promise<TableReport> {
  demand(actor, 'administer')
  const report = emptyTableReport()
  const readable = readRows(table, rows, report)
  const made = new Set<string>()
  await eachSlice(readable, SLICE, { done: rows.length - readable.length, tell: onProgress }, slice =>
    auditedSlice({ db, clock, actor, dryRun }, { act: table.act, slice, report }, tx =>
      importSlice({ tx, clock }, table, slice, report, made),
    ),
  )
  if (made.size > 0) report.notes.push(`New services: ${[...made].join(', ')}`)
  return report
}

function readRows(table: CountTable, rows: readonly TableRow[], report: TableReport): ReadCount[] {
  const readable: ReadCount[] = []
  const firstLines = new Map<string, number>()
  for (const { line, cells } of rows) {
    const { row, complaints } = readRow(table, line, cells)
    if (row) {
      const identity = `${row.at} ${row.service === null ? '' : slugOfName(row.service)}`
      const first = firstLines.get(identity)
      if (first === undefined) firstLines.set(identity, line)
      else {
        const message = `the same ${table.at.called} and service as on line ${first}: only the first was taken; add them up in ${table.count.column}`
        complaints.push({ column: table.at.column, message })
      }
    }
    if (row && complaints.length === 0) readable.push(row)
    else reject(report, line, complaints)
  }
  return readable
}

function readRow(
  table: CountTable,
  line: number,
  cells: Record<string, string>,
): { row: ReadCount | null; complaints: CellComplaint[] } {
  const cell = (column: string) => (cells[column] ?? '').trim()
  const at = table.at.read(cell(table.at.column))
  const service = tidyName(cell('service'))
  const count = table.count.read(cell(table.count.column))
  const complaints: CellComplaint[] = []
  if (typeof at !== 'string') complaints.push(at)
  if (service.length > NAME_LIMIT)
    complaints.push({
      column: 'service',
      message: `a name of ${service.length} characters; at most ${NAME_LIMIT} are kept`,
    })
  if (typeof count !== 'number') complaints.push(count)
  if (complaints.length > 0 || typeof at !== 'string' || typeof count !== 'number') return { row: null, complaints }
  return { row: { line, at, service: service || null, count }, complaints }
}

async function importSlice(
  { tx, clock }: { tx: Tx; clock: Clock },
  table: CountTable,
  slice: ReadCount[],
  report: TableReport,
  made: Set<string>,
): Promise<void> {
  await lockFor(tx, ROOM_LOCK)
  const names = [...new Set(slice.flatMap(row => row.service ?? []))]
  const services = await ensureServices(tx, { clock }, names)
  for (const service of services.values()) if (service.created) made.add(service.name)
  const identity = (at: string, serviceId: string | null) => `${at} ${serviceId ?? ''}`
  const known = new Map(
    (await table.find(tx, [...new Set(slice.map(row => row.at))])).map(row => [identity(row.at, row.serviceId), row]),
  )
  const inserts = new Set<CountRow>()
  for (const { at, service, count, line } of slice) {
    const serviceId = service === null ? null : services.get(service)!.id
    const key = identity(at, serviceId)
    const old = known.get(key)
    if (!old) {
      const row = { id: newId(), at, serviceId, count }
      inserts.add(row)
      known.set(key, row)
      report.created++
    } else if (inserts.has(old)) {
      // A renamed service has two names, of which the reading of the file knows one.
      const message = `another row of this file is the same service at the same ${table.at.called}: only the first was taken`
      reject(report, line, [{ column: 'service', message }])
    } else if (old.count === count) report.unchanged++
    else {
      await table.update(tx, old.id, count)
      report.updated++
    }
  }
  await table.insert(tx, [...inserts])
}
