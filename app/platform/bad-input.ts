/** What is wrong with something that somebody gave us to read, said so that they can find and mend it. */
export interface InputIssue {
  /** Counted from 1; absent when the whole file is meant. */
  line?: number
  /** The column's name, or its number from 1. */
  column?: number | string
  message: string
}

/** Thrown when a text or file cannot be understood. Importers turn it into the lines of their report. */
export class BadInput extends Error {
  readonly issues: InputIssue[]

  constructor(issues: InputIssue | InputIssue[] | string) {
    const list = typeof issues === 'string' ? [{ message: issues }] : Array.isArray(issues) ? issues : [issues]
    super(list.map(sayIssue).join('\n'))
    this.name = 'BadInput'
    this.issues = list
  }
}

/** One issue as a sentence: 'Line 7, column severity: "urgent" is not a severity; use SEV-1 to SEV-4'. */
export function sayIssue(issue: InputIssue): string {
  const place: string[] = []
  if (issue.line !== undefined) place.push(`line ${issue.line}`)
  if (issue.column !== undefined) place.push(`column ${issue.column}`)
  if (place.length === 0) return issue.message
  const where = place.join(', ')
  return `${where.charAt(0).toUpperCase()}${where.slice(1)}: ${issue.message}`
}
