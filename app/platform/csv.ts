/** Reads CSV as people really send it, and says about every row what could not be read; writes CSV that is safe to open. */
import type { InputIssue } from './bad-input.ts'
import { cleanText } from './clean-text.ts'
import { type CsvRecord, firstLineEnd, splitCsv } from './csv-cells.ts'

export const CELL_LIMIT = 100_000

export interface CsvColumns {
  /** Columns that must be there; an inner list means that any one of them will do. */
  required: (string | string[])[]
  /** All columns that are read; the others are ignored, said so. */
  known: string[]
  /** Other headers for known columns: {url: 'source_url'}. */
  aliases?: Record<string, string>
  /** Most characters of a cell; {@link CELL_LIMIT} when absent. */
  cellLimit?: number
}

export interface CsvRow {
  /** The line of the file on which the row begins. */
  line: number
  /** By the known name of the column; a column that the file does not have is absent. */
  cells: Record<string, string>
}

export interface ReadCsv {
  rows: CsvRow[]
  ignoredColumns: string[]
  notes: string[]
  /** Rows and headers that could not be read; each has its line. */
  errors: InputIssue[]
}

/**
 * Reads a CSV text with a header row. The delimiter (, ; tab |) is found, headers are matched whatever their case,
 * spaces and punctuation; a row that cannot be read is in `errors` and not in `rows`. The formula guard that
 * {@link writeCsv} adds is taken off again, line ends within cells become \n and control characters are taken out.
 */
export function readCsv(input: string, columns: CsvColumns): ReadCsv {
  const result: ReadCsv = { rows: [], ignoredColumns: [], notes: [], errors: [] }
  const { text, firstLine, separator } = withoutPreamble(input)
  if (text.trim() === '') {
    result.notes.push('The file is empty: nothing to import')
    return result
  }
  const matcher = headerMatcher(columns)
  const delimiter = separator ?? findDelimiter(text, matcher)
  const records = splitCsv(text, delimiter)
  for (const record of records) {
    record.line += firstLine
    if (record.fault) record.fault.line += firstLine
  }
  const headerAt = records.findIndex(record => !isBlank(record))
  const header = records[headerAt]
  if (!header) {
    result.notes.push('The file is empty: nothing to import')
    return result
  }
  const names = header.cells.map(matcher)
  const refusal = refuseHeader(header, names, columns)
  if (refusal) {
    result.errors.push(refusal)
    return result
  }
  header.cells.forEach((cell, i) => {
    if (names[i] === null && cell.trim() !== '') result.ignoredColumns.push(cell.trim())
  })
  if (result.ignoredColumns.length > 0) {
    const plural = result.ignoredColumns.length > 1 ? 's' : ''
    result.notes.push(`Column${plural} not imported: ${result.ignoredColumns.join(', ')}`)
  }
  const width = header.cells.length - trailingBlanks(header.cells)
  let rows = 0
  for (let i = headerAt + 1; i < records.length; i++) {
    const record = records[i]!
    if (isBlank(record)) continue
    rows++
    readRow(record, { names, width, header: header.cells, limit: columns.cellLimit ?? CELL_LIMIT }, result)
  }
  if (rows === 0) result.notes.push('The file is empty: it has a header and no rows')
  return result
}

interface Shape {
  names: (string | null)[]
  width: number
  header: string[]
  limit: number
}

function readRow(record: CsvRecord, { names, width, header, limit }: Shape, result: ReadCsv): void {
  const { line } = record
  const columnName = (cell: number): string => names[cell] ?? (header[cell]?.trim() || `${cell + 1}`)
  if (record.fault) {
    result.errors.push({
      line: record.fault.line,
      column: columnName(record.fault.cell),
      message: record.fault.message,
    })
    return
  }
  const filled = record.cells.length - trailingBlanks(record.cells)
  if (record.cells.length < width || filled > width) {
    const count = `${filled > width ? filled : record.cells.length} cell${record.cells.length === 1 ? '' : 's'}`
    result.errors.push({ line, message: `${count} where the header has ${width}` })
    return
  }
  const cells: Record<string, string> = {}
  const notes: string[] = []
  let tooLong = false
  names.forEach((name, i) => {
    if (name === null) return
    const cleaned = cleanText(unguard(record.cells[i] ?? ''))
    if (cleaned.text.length > limit) {
      const length = cleaned.text.length.toLocaleString('en-GB')
      result.errors.push({
        line,
        column: name,
        message: `${length} characters; a cell may have at most ${limit.toLocaleString('en-GB')}`,
      })
      tooLong = true
    }
    for (const note of cleaned.notes) notes.push(`Line ${line}, column ${name}: ${note}`)
    cells[name] = cleaned.text
  })
  if (tooLong) return
  result.notes.push(...notes)
  result.rows.push({ line, cells })
}

function refuseHeader(header: CsvRecord, names: (string | null)[], columns: CsvColumns): InputIssue | null {
  const { line } = header
  if (header.fault) return { line: header.fault.line, message: `the header cannot be read: ${header.fault.message}` }
  const wanted = columns.required.map(group => (typeof group === 'string' ? [group] : group))
  const say = wanted.map(group => group.join(' or ')).join(', ')
  if (!names.some(name => name !== null) || (wanted.length > 0 && !wanted.flat().some(name => names.includes(name)))) {
    if (names.filter(name => name !== null).length < 2) {
      const message = `the first row is not a header: it names none of the columns ${say || columns.known.join(', ')}`
      return { line, message }
    }
  }
  const missing = wanted.filter(group => !group.some(name => names.includes(name)))
  if (missing.length > 0) {
    const name = missing.map(group => group.join(' or ')).join(', ')
    return { line, column: missing[0]![0]!, message: `the column ${name} is missing` }
  }
  const twice = names.find((name, i) => name !== null && names.indexOf(name) !== i)
  if (twice)
    return { line, column: twice, message: `the column ${twice} is there twice: which one counts is not clear` }
  return null
}

/** Headers are compared by their letters and digits alone: 'Is Engineer?' is is_engineer. */
function headerMatcher(columns: CsvColumns): (header: string) => string | null {
  const byKey = new Map<string, string>()
  for (const [alias, name] of Object.entries(columns.aliases ?? {})) byKey.set(headerKey(alias), name)
  for (const name of columns.known) byKey.set(headerKey(name), name)
  return header => byKey.get(headerKey(header)) ?? null
}

function headerKey(header: string): string {
  return header
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Excel's `sep=;` line, and a byte order mark that nobody took off. */
function withoutPreamble(input: string): { text: string; firstLine: number; separator: string | null } {
  const text = input.startsWith('\ufeff') ? input.slice(1) : input
  const match = /^"?sep=(.)"?[ ;,\t|]*(?:\r\n|\n|\r|$)/i.exec(text.slice(0, 40))
  if (!match) return { text, firstLine: 0, separator: null }
  return { text: text.slice(match[0].length), firstLine: 1, separator: match[1]! }
}

/** The delimiter that makes the most known columns of the first row with anything in it. */
function findDelimiter(text: string, matcher: (header: string) => string | null): string {
  const start = text.search(/[^\s,;|]/)
  const lineStart = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1
  const head = text.slice(lineStart, lineStart + 20_000)
  let best = { delimiter: ',', known: -1, cells: 0 }
  for (const delimiter of [',', ';', '\t', '|']) {
    const first = splitCsv(head.slice(0, firstLineEnd(head) ?? head.length), delimiter)[0]
    const cells = first?.cells ?? []
    const known = cells.filter(cell => matcher(cell) !== null).length
    if (known > best.known || (known === best.known && cells.length > best.cells)) {
      best = { delimiter, known, cells: cells.length }
    }
  }
  return best.delimiter
}

function isBlank(record: CsvRecord): boolean {
  return record.fault === null && record.cells.every(cell => cell.trim() === '')
}

function trailingBlanks(cells: string[]): number {
  let count = 0
  while (count < cells.length && cells[cells.length - 1 - count]!.trim() === '') count++
  return count
}

/** What spreadsheets would run as a formula, with or without our guard before it. */
const STARTS_FORMULA = /^'*[=+\-@\t\r\n]/
const GUARDED = /^'+[=+\-@\t\r\n]/

/** Takes off the one apostrophe that {@link writeCsv} put before a cell. */
function unguard(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell
}

/**
 * CSV with CRLF line ends. A cell that a spreadsheet would run as a formula gets an apostrophe in front; so does one
 * that already has such an apostrophe, so that reading gives every cell back exactly.
 */
export function writeCsv(
  columns: string[],
  rows: Record<string, string | number | boolean | null | undefined>[],
): string {
  const lines = [columns.map(quoteCell).join(',')]
  for (const row of rows) {
    lines.push(columns.map(column => quoteCell(row[column])).join(','))
  }
  return `${lines.join('\r\n')}\r\n`
}

function quoteCell(value: string | number | boolean | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : `${value}`
  const cell = STARTS_FORMULA.test(value) ? `'${value}` : value
  return /[",;|\t\r\n']|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
