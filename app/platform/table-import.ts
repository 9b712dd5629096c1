/** What the imports of tables have in common: rows in, one report out. */

export interface TableRow {
  /** The line of the file on which the row begins. */
  line: number
  /** By column; a column that the file does not have is absent. */
  cells: Record<string, string>
}

export interface CellComplaint {
  column: string
  message: string
}

export interface TableReport {
  created: number
  updated: number
  unchanged: number
  rejected: number
  errors: { line: number; column: string | null; message: string }[]
  notes: string[]
}

export interface TableOptions {
  /** Does everything and takes it back, so that the report is the true one. */
  dryRun?: boolean
  onProgress?: (done: number) => void
}

export function emptyTableReport(): TableReport {
  return { created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], notes: [] }
}

/** A row that is not taken, with everything that is wrong with it. */
export function reject(report: TableReport, line: number, complaints: CellComplaint[]): void {
  report.rejected++
  report.errors.push(...complaints.map(complaint => ({ line, ...complaint })))
}

/** A written value for a sentence: on one line, not too long. */
export function quoted(text: string, limit = 60): string {
  const line = text.replace(/\s+/g, ' ')
  return `"${line.length > limit ? `${[...line].slice(0, limit).join('')}…` : line}"`
}
