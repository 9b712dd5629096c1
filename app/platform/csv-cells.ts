/**
 * Splits CSV text into records and cells, and keeps going after a mistake, so that a report can name every bad row and
 * the line where an unclosed quote began. (csv-parse, which the tests compare this with, loses the rows that follow a
 * stray quote and cannot say where the quote was opened.)
 */

export interface CsvRecord {
  /** The line, counted from 1, on which the record begins. */
  line: number
  cells: string[]
  /** What is wrong with the record; its cells are then not to be trusted. `cell` counts from 0. */
  fault: { line: number; cell: number; message: string } | null
}

/** A bare CR ends a record only in files whose first row ends with one; elsewhere it is part of a cell. */
export function splitCsv(text: string, delimiter: string): CsvRecord[] {
  const first = firstLineEnd(text)
  const lineEnd = first !== null && text[first] === '\r' && text[first + 1] !== '\n' ? '\r' : '\n'
  const records: CsvRecord[] = []
  const end = text.length
  let at = 0
  let line = 1

  while (at < end) {
    const record: CsvRecord = { line, cells: [], fault: null }
    for (;;) {
      if (text[at] === '"') {
        const opened = line
        const quoted = readQuoted(text, at, lineEnd)
        line += quoted.lines
        record.cells.push(quoted.value)
        at = quoted.next
        if (!quoted.closed) {
          record.fault ??= {
            line: opened,
            cell: record.cells.length - 1,
            message: 'the quote that opens here is never closed: everything after it was read as one cell',
          }
          break
        }
        if (at < end && text[at] !== delimiter && !endsRecord(text, at, lineEnd)) {
          record.fault ??= {
            line: opened,
            cell: record.cells.length - 1,
            message: `text follows the closing quote${opened === line ? '' : ` on line ${line}`}: write a quote inside a quoted cell twice`,
          }
          // Where this row truly ends cannot be known; the next line is the best place to go on.
          const next = text.indexOf(lineEnd, at)
          at = next < 0 ? end : next
          break
        }
      } else {
        const stop = endOfBareCell(text, at, delimiter, lineEnd)
        const value = text.slice(at, stop)
        if (value.includes('"')) {
          record.fault ??= {
            line,
            cell: record.cells.length,
            message: 'a quote inside a cell that is not quoted: put the cell in quotes and write the quote twice',
          }
        }
        record.cells.push(value)
        at = stop
      }
      if (text[at] !== delimiter) break
      at++
    }
    records.push(record)
    if (text[at] === '\r' && lineEnd === '\n') at++
    if (text[at] === lineEnd) at++
    line++
  }
  return records
}

/** Where the first line end outside quotes is, if there is one. */
export function firstLineEnd(text: string): number | null {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '"') quoted = !quoted
    else if (!quoted && (c === '\n' || c === '\r')) return i
  }
  return null
}

/** Reads from an opening quote to behind its closing one. */
function readQuoted(
  text: string,
  start: number,
  lineEnd: string,
): { value: string; next: number; closed: boolean; lines: number } {
  let value = ''
  let from = start + 1
  let close: number
  for (;;) {
    close = text.indexOf('"', from)
    if (close < 0 || text[close + 1] !== '"') break
    value += text.slice(from, close + 1)
    from = close + 2
  }
  const next = close < 0 ? text.length : close
  value += text.slice(from, next)
  let lines = 0
  for (let i = text.indexOf(lineEnd, start); i >= 0 && i < next; i = text.indexOf(lineEnd, i + 1)) lines++
  return { value, next: close < 0 ? next : next + 1, closed: close >= 0, lines }
}

function endsRecord(text: string, at: number, lineEnd: string): boolean {
  return text[at] === lineEnd || (lineEnd === '\n' && text[at] === '\r' && text[at + 1] === '\n')
}

function endOfBareCell(text: string, start: number, delimiter: string, lineEnd: string): number {
  let at = start
  while (at < text.length && text[at] !== delimiter && !endsRecord(text, at, lineEnd)) at++
  return at
}
