/** Every import by one door, for the API and the terminal: bytes of a kind in, one report out. */
import type { Actor } from '#app/identity/actor.ts'
import { can, demand, type Permission } from '#app/identity/actor.ts'
import { importPeople } from '#app/identity/import-people.server.ts'
import { PEOPLE_COLUMNS } from '#app/identity/people-columns.ts'
import { importStatuspage } from '#app/incidents/hooks/import-statuspage.server.ts'
import { DEPLOYMENT_COLUMNS, INCIDENT_COLUMNS, ROLE_COLUMNS, TRAFFIC_COLUMNS } from '#app/incidents/import-columns.ts'
import { importDeployments } from '#app/incidents/import-deployments.server.ts'
import { importIncidents } from '#app/incidents/import-incidents.server.ts'
import { importRoles } from '#app/incidents/import-roles.server.ts'
import { importTraffic } from '#app/incidents/import-traffic.server.ts'
import { BadInput, type InputIssue } from '#app/platform/bad-input.ts'
import type { Clock } from '#app/platform/clock.ts'
import { type CsvColumns, readCsv } from '#app/platform/csv.ts'
import { decodeText } from '#app/platform/decode-text.ts'
import { notFound } from '#app/platform/errors.ts'
import { cellsOfObject } from '#app/platform/object-cells.ts'
import type { TableRow } from '#app/platform/table-import.ts'
import { ACTION_ITEM_COLUMNS } from '#app/postmortems/action-item-cells.ts'
import { importActionItems } from '#app/postmortems/import-action-items.server.ts'
import {
  addErrors,
  emptyReport,
  type ImportReport,
  type Incoming,
  importPostmortems,
} from '#app/postmortems/import-postmortems.server.ts'
import { understandFiles } from '#app/postmortems/understand-files.server.ts'
import type { Db } from '#db/index.server.ts'

export const IMPORT_KINDS = [
  'postmortems',
  'incidents',
  'people',
  'roles',
  'action-items',
  'deployments',
  'traffic',
  'statuspage',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]
export type TableKind = Exclude<ImportKind, 'postmortems' | 'statuspage'>

export interface ImportFile {
  name: string
  bytes: Uint8Array
}

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

interface Options {
  dryRun?: boolean
  onProgress?: (done: number) => void
}

interface Table {
  columns: CsvColumns
  /** The column into which several fields of an object may go. */
  joined?: string
  run(context: Context, rows: TableRow[], options: Options): Promise<Counted>
}

type Counted = Omit<ImportReport, 'errors'> & { errors: Parameters<typeof asReportError>[0][] }

const TABLES: Record<TableKind, Table> = {
  people: { columns: PEOPLE_COLUMNS, run: importPeople },
  incidents: { columns: INCIDENT_COLUMNS, joined: 'services', run: importIncidents },
  roles: { columns: ROLE_COLUMNS, run: importRoles },
  'action-items': { columns: ACTION_ITEM_COLUMNS, run: importActionItems },
  deployments: { columns: DEPLOYMENT_COLUMNS, run: importDeployments },
  traffic: { columns: TRAFFIC_COLUMNS, run: importTraffic },
}

const FOR_EDITORS: readonly ImportKind[] = ['postmortems', 'incidents', 'action-items', 'statuspage']

const permissionFor = (kind: ImportKind): Permission =>
  FOR_EDITORS.includes(kind) ? 'import postmortems and incidents' : 'administer'

/** @throws AppError not-found for those who may not import this kind. */
export function demandImport(actor: Actor, kind: ImportKind): void {
  demand(actor, permissionFor(kind))
}

/** The kinds that somebody may import. */
export function importableBy(actor: Actor): ImportKind[] {
  return IMPORT_KINDS.filter(kind => can(actor, permissionFor(kind)))
}

/** What a table of a kind may say; of each inner list one column must be there. */
export function columnsOf(kind: TableKind): { required: string[][]; others: string[] } {
  const { required, known } = TABLES[kind].columns
  const lists = required.map(one => [one].flat())
  return { required: lists, others: known.filter(column => !lists.flat().includes(column)) }
}

/** @throws AppError not-found for those who may not import this kind. */
export async function importAnything(
  context: Context,
  kind: ImportKind,
  files: ImportFile[],
  options: Options = {},
): Promise<ImportReport> {
  demandImport(context.actor, kind)
  if (kind === 'postmortems') return importTexts(context, files, options)
  const report = emptyReport()
  for (const file of files)
    merge(
      report,
      kind === 'statuspage'
        ? await importHistory(context, file, options)
        : await importTable(context, kind, file, options),
    )
  return report
}

async function importTexts(context: Context, files: ImportFile[], options: Options): Promise<ImportReport> {
  const report = emptyReport()
  const incoming: Incoming[] = []
  for await (const part of understandFiles(files, { now: context.clock.now() })) {
    for (const record of part.records) incoming.push({ ...record, source: part.source })
    addErrors(report, part.errors, part.source)
    report.notes.push(...part.notes.map(note => `${part.source}: ${note}`))
  }
  merge(report, await importPostmortems(context, incoming, options))
  return report
}

async function importTable(
  context: Context,
  kind: TableKind,
  file: ImportFile,
  options: Options,
): Promise<ImportReport> {
  const report = emptyReport()
  const table = TABLES[kind]
  try {
    const { text, notes } = decodeText(file.bytes)
    report.notes.push(...notes)
    const rows = /\.(jsonl|ndjson)$/i.test(file.name)
      ? readJsonLines(text, table, report)
      : readTable(text, table.columns, report)
    if (rows.length === 0) return report
    const done = await table.run(context, rows, options)
    merge(report, { ...done, errors: done.errors.map(asReportError) })
    report.errors.sort((one, other) => (one.line ?? 0) - (other.line ?? 0))
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    addErrors(report, error.issues, file.name)
  }
  return report
}

async function importHistory(context: Context, file: ImportFile, options: Options): Promise<ImportReport> {
  const report = emptyReport()
  try {
    const { text, notes } = decodeText(file.bytes)
    report.notes.push(...notes)
    const done = await importStatuspage(context, text, options)
    merge(report, { ...done, errors: done.errors.map(asReportError) })
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    addErrors(report, error.issues, file.name)
  }
  return report
}

function readTable(text: string, columns: CsvColumns, report: ImportReport) {
  const { rows, errors, notes } = readCsv(text, columns)
  report.notes.push(...notes)
  report.rejected += errors.length
  report.errors.push(...errors.map(asReportError))
  return rows
}

function asReportError({
  line,
  column,
  message,
}: {
  line?: number | null
  column?: number | string | null
  message: string
}): ImportReport['errors'][number] {
  return { line: line ?? null, column: column === undefined || column === null ? null : String(column), message }
}

function readJsonLines(text: string, { columns, joined }: Table, report: ImportReport): TableRow[] {
  const rows: TableRow[] = []
  text.split('\n').forEach((source, index) => {
    if (!source.trim()) return
    const line = index + 1
    try {
      const value: unknown = JSON.parse(source)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
      const { cells, ignored } = cellsOfObject(value as Record<string, unknown>, columns, joined)
      if (ignored.length) report.notes.push(`Line ${line}: not imported: ${ignored.join(', ')}`)
      rows.push({ line, cells })
    } catch {
      addErrors(report, [{ line, message: 'This line is not a JSON object.' } satisfies InputIssue], 'JSON Lines')
    }
  })
  return rows
}

function merge(sum: ImportReport, part: ImportReport): void {
  for (const key of ['created', 'updated', 'unchanged', 'rejected'] as const) sum[key] += part[key]
  sum.errors.push(...part.errors)
  sum.notes.push(...part.notes)
}

/** @throws AppError not-found for a word that is no kind of import. */
export function importKind(word: string | undefined): ImportKind {
  const kind = IMPORT_KINDS.find(one => one === word)
  if (!kind) throw notFound('This kind of import')
  return kind
}
