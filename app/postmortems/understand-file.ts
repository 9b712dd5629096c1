/** Understands an uploaded file, choosing by what is in it rather than by what it is called. */
import { addAll } from '#app/platform/add-all.ts'
import { BadInput, type InputIssue } from '#app/platform/bad-input.ts'
import { type CsvColumns, readCsv } from '#app/platform/csv.ts'
import { decodeText } from '#app/platform/decode-text.ts'
import { COLUMN_ALIASES, columnOf, KNOWN_COLUMNS } from './field-names.ts'
import { understandMarkdown } from './understand-markdown.ts'
import { type UnderstoodRow, understandCsvRow, understandJsonLine } from './understand-row.ts'
import type { UnderstandOptions, Understood } from './understood.ts'

export type FileKind = 'markdown' | 'csv' | 'jsonl'

export interface UnderstoodFile {
  records: Understood[]
  /** Each is a record, or a whole file, that could not be understood. */
  errors: InputIssue[]
  notes: string[]
}

export const POSTMORTEM_COLUMNS: CsvColumns = {
  required: [['title', 'body', 'summary']],
  known: KNOWN_COLUMNS,
  aliases: COLUMN_ALIASES,
  // A body is a whole document, and in our own exports a whole record: the record's limits say what is too long.
  cellLimit: 20 * 1024 * 1024,
}

/**
 * Markdown, CSV or JSON Lines from bytes. Never throws: what cannot be understood is in `errors`.
 * @param declaredKind what the sender says that it is; without it the content decides, then the file's extension.
 */
export function understandFile(
  fileName: string,
  bytes: Uint8Array,
  declaredKind?: FileKind,
  options: UnderstandOptions = {},
): UnderstoodFile {
  const file: UnderstoodFile = { records: [], errors: [], notes: [] }
  try {
    const { text, notes } = decodeText(bytes, 'Markdown, CSV or JSON Lines')
    file.notes.push(...notes)
    if (text.trim() === '') {
      file.notes.push('The file is empty: nothing to import')
      return file
    }
    const kind = declaredKind ?? kindOf(fileName, text)
    if (kind === 'csv') understandCsv(text, file, options)
    else if (kind === 'jsonl') understandJsonLines(text, file, options)
    else file.records.push(understandMarkdown(text, fileName, options))
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    addAll(file.errors, error.issues)
  }
  return file
}

function kindOf(fileName: string, text: string): FileKind {
  const start = text.slice(0, 20_000).trimStart()
  if (start.startsWith('{') || start.startsWith('[')) {
    const line = start.slice(0, start.indexOf('\n') < 0 ? undefined : start.indexOf('\n')).trim()
    if (/\.(?:jsonl|ndjson|json)$/i.test(fileName) || /^\{\s*"|^\[\s*\{\s*"|^[{[]$/.test(line)) return 'jsonl'
  }
  if (/\.(?:csv|tsv)$/i.test(fileName) || looksLikeCsv(start)) return 'csv'
  return 'markdown'
}

/** A first line of column names, at least two of them known: no document begins so. */
function looksLikeCsv(start: string): boolean {
  const [first = '', second = ''] = start.slice(0, 2_000).split('\n')
  const line = /^"?sep=.[\s,;|]*$/i.test(first) ? second : first
  if (!/[,;\t|]/.test(line) || line.startsWith('|') || line.startsWith('#')) return false
  const names = line.split(/[,;\t|]/).map(name => columnOf(name))
  const known = names.filter(name => KNOWN_COLUMNS.includes(name)).length
  return known >= 2 && known * 2 >= names.length
}

function understandCsv(text: string, file: UnderstoodFile, options: UnderstandOptions): void {
  const read = readCsv(text, POSTMORTEM_COLUMNS)
  addAll(file.notes, read.notes)
  addAll(file.errors, read.errors)
  for (const row of read.rows) understandRow(file, new Map(), () => understandCsvRow(row, options))
}

function understandJsonLines(text: string, file: UnderstoodFile, options: UnderstandOptions): void {
  const ignored = new Map<string, number>()
  const whole = text.trimStart().startsWith('[') ? parseJson(text) : undefined
  if (Array.isArray(whole)) {
    for (const [i, object] of whole.entries()) {
      understandRow(file, ignored, () => understandJsonLine(object, i + 1, options))
    }
  } else {
    let line = 0
    for (const source of text.split(/\r\n|\n|\r/)) {
      line++
      if (source.trim() === '') continue
      const object = parseJson(source)
      const at = line
      if (object === undefined) file.errors.push({ line, message: 'this line is not JSON' })
      else understandRow(file, ignored, () => understandJsonLine(object, at, options))
    }
  }
  if (ignored.size > 0) {
    const names = [...ignored].slice(0, 40).map(([name, count]) => `${name.slice(0, 80)} (${count})`)
    file.notes.push(`Fields not imported: ${names.join(', ')}${ignored.size > 40 ? ' and others' : ''}`)
  }
}

function understandRow(file: UnderstoodFile, ignored: Map<string, number>, understand: () => UnderstoodRow): void {
  try {
    const { ignored: names, ...understood } = understand()
    file.records.push(understood)
    for (const name of names) ignored.set(name, (ignored.get(name) ?? 0) + 1)
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    addAll(file.errors, error.issues)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
