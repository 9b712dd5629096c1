/** Every import by one door, for the API and the terminal: bytes of a kind in, one report out. */
import type { Actor } from '#app/identity/actor.ts'
import { demand } from '#app/identity/actor.ts'
import { importPeople } from '#app/identity/import-people.server.ts'
import { PEOPLE_COLUMNS } from '#app/identity/people-columns.ts'
import { cellsOfObject, INCIDENT_COLUMNS } from '#app/incidents/import-columns.ts'
import { importIncidents } from '#app/incidents/import-incidents.server.ts'
import { BadInput, type InputIssue } from '#app/platform/bad-input.ts'
import type { Clock } from '#app/platform/clock.ts'
import { type CsvColumns, readCsv } from '#app/platform/csv.ts'
import { decodeText } from '#app/platform/decode-text.ts'
import { notFound } from '#app/platform/errors.ts'
import {
  addErrors,
  emptyReport,
  type ImportReport,
  type Incoming,
  importPostmortems,
} from '#app/postmortems/import-postmortems.server.ts'
import { understandFiles } from '#app/postmortems/understand-files.server.ts'
import type { Db } from '#db/index.server.ts'

export const IMPORT_KINDS = ['postmortems', 'incidents', 'people'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

export interface ImportFile {
  name: string
  bytes: Uint8Array
}

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** @throws AppError not-found for those who may not import this kind. */
export function demandImport(actor: Actor, kind: ImportKind): void {
  demand(actor, kind === 'people' ? 'administer' : 'import postmortems and incidents')
}

/** @throws AppError not-found for those who may not import this kind. */
export async function importAnything(
  context: Context,
  kind: ImportKind,
  files: ImportFile[],
  options: { dryRun?: boolean; onProgress?: (done: number) => void } = {},
): Promise<ImportReport> {
  demandImport(context.actor, kind)
  if (kind === 'postmortems') return importTexts(context, files, options)
  const report = emptyReport()
  for (const file of files) merge(report, await importTable(context, kind, file, options))
  return report
}

async function importTexts(
  context: Context,
  files: ImportFile[],
  options: { dryRun?: boolean; onProgress?: (done: number) => void },
): Promise<ImportReport> {
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
  kind: 'incidents' | 'people',
  file: ImportFile,
  options: { dryRun?: boolean },
): Promise<ImportReport> {
  const report = emptyReport()
  try {
    const { text, notes } = decodeText(file.bytes)
    report.notes.push(...notes)
    const rows = /\.(jsonl|ndjson)$/i.test(file.name)
      ? readJsonLines(text, report)
      : readTable(text, kind === 'people' ? PEOPLE_COLUMNS : INCIDENT_COLUMNS, report)
    if (rows.length === 0) return report
    const done =
      kind === 'people' ? await importPeople(context, rows, options) : await importIncidents(context, rows, options)
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

function readJsonLines(text: string, report: ImportReport) {
  const rows: { line: number; cells: Record<string, string> }[] = []
  text.split('\n').forEach((source, index) => {
    if (!source.trim()) return
    const line = index + 1
    try {
      const value: unknown = JSON.parse(source)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object')
      const { cells, ignored } = cellsOfObject(value as Record<string, unknown>)
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
