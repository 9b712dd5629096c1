/** From the cells of one row to an incident, or to the reasons why not. */
import { cleanText } from '#app/platform/clean-text.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { type IncidentCells, UNKNOWN_MOMENT } from './import-columns.ts'
import { complaintAboutKey } from './keys.ts'
import { flagFor, MOMENT_COLUMNS, MOMENTS, type Moment, type Moments } from './moments.ts'
import { normaliseDetector, normaliseImpact, normaliseSeverity } from './normalise.ts'
import type { Detector, Severity } from './vocabulary.ts'

/** Longest texts that are kept, in UTF-16 code units. */
export const LIMITS = {
  title: 300,
  summary: 20_000,
  impact: 200_000,
  reason: 2_000,
  name: 200,
  services: 500,
  externalId: 300,
  sourceUrl: 2_000,
}

/** What a row says. A column that the file does not have is absent; an empty cell means that nothing is known. */
export interface ReadIncident extends Partial<Moments> {
  key: string | null
  externalId?: string | null
  title: string
  summary?: string
  severity?: Severity | null
  detectedBy?: Detector | null
  customerImpact?: boolean | null
  impactNote?: string
  services?: string[]
  family?: string | null
  sourceUrl?: string | null
  /** As written; null for an empty cell. */
  commander?: string | null
  flags: string[]
  wording: Partial<Record<Moment, string>>
}

export interface CellComplaint {
  column: string
  message: string
}

export interface ReadRow {
  /** Null when the row is refused. */
  incident: ReadIncident | null
  errors: CellComplaint[]
  notes: CellComplaint[]
  /** Whether a moment lies in the future. */
  isAhead: boolean
}

/** @param now in milliseconds. */
export function readCells(raw: IncidentCells, now: number): ReadRow {
  const errors: CellComplaint[] = []
  const notes: CellComplaint[] = []
  let isAhead = false
  const complain = (column: string, message: string) => void errors.push({ column, message })
  const note = (column: string, message: string) => void notes.push({ column, message })
  const cells: IncidentCells = {}
  for (const [column, text] of Object.entries(raw)) {
    const cleaned = cleanText(text)
    cells[column] = cleaned.text.trim()
    for (const said of cleaned.notes) note(column, said)
  }
  const limited = (column: string, limit: number): string => {
    const text = cells[column] ?? ''
    if (text.length > limit)
      complain(column, `${thousands(text.length)} characters; at most ${thousands(limit)} are kept`)
    return text
  }

  const key = cells.key ?? ''
  const keyComplaint = complaintAboutKey(key)
  if (keyComplaint) complain('key', keyComplaint)
  const externalId = limited('external_id', LIMITS.externalId)
  if (key === '' && externalId === '') complain('key', 'an incident needs a key or an external_id')
  const title = limited('title', LIMITS.title).replace(/\s*\n\s*/g, ' ')
  if (title === '') complain('title', 'an incident needs a title')
  if ((cells.title ?? '').includes('\n')) note('title', 'the title had several lines and was joined into one')

  const incident: ReadIncident = { key: key || null, title, flags: [], wording: {} }
  if (cells.external_id !== undefined) incident.externalId = externalId || null
  if (cells.summary !== undefined) incident.summary = limited('summary', LIMITS.summary)
  for (const moment of MOMENTS) readMoment(moment)
  if (cells.severity !== undefined) {
    incident.severity = normaliseSeverity(cells.severity)
    if (incident.severity === undefined)
      complain('severity', `${quote(cells.severity)} is not a severity: write SEV-1 to SEV-4`)
  }
  if (cells.detected_by !== undefined) {
    const detector = normaliseDetector(cells.detected_by)
    incident.detectedBy = detector ?? null
    if (detector === undefined) {
      const written = quote(cells.detected_by, 200)
      const message = `${written} is none of monitoring, employee and customer, so who noticed counts as unknown`
      incident.flags.push(flagFor('detected_by', message))
      note('detected_by', message)
    }
  }
  if (cells.customer_impact !== undefined) {
    const { customerImpact, note: impactNote } = normaliseImpact(limited('customer_impact', LIMITS.impact))
    Object.assign(incident, { customerImpact, impactNote })
  }
  if (cells.impact_note !== undefined) incident.impactNote = limited('impact_note', LIMITS.impact)
  if (cells.services !== undefined) incident.services = readServices(cells.services)
  if (cells.family !== undefined) incident.family = limited('family', LIMITS.name) || null
  if (cells.source_url !== undefined) {
    incident.sourceUrl = limited('source_url', LIMITS.sourceUrl) || null
    if (incident.sourceUrl && !isWebAddress(incident.sourceUrl))
      complain('source_url', 'not an address that begins with https:// or http://')
  }
  if (cells.incident_commander !== undefined) incident.commander = cells.incident_commander || null
  return { incident: errors.length === 0 ? incident : null, errors, notes, isAhead }

  function readMoment(moment: Moment): void {
    const column = MOMENT_COLUMNS[moment]
    const text = cells[column]
    if (text === undefined) return
    if (text.toLowerCase() === UNKNOWN_MOMENT) {
      incident[moment] = null
      incident.flags.push(flagFor(column, 'it happened, and nobody knows when'))
      return
    }
    const parsed = parseInstant(text)
    incident[moment] = parsed.kind === 'instant' ? parsed.iso : null
    if (parsed.kind === 'invalid') complain(column, `${quote(text)}: ${parsed.why}`)
    else if (parsed.kind === 'local') {
      const message = `${quote(parsed.text)} counts as unknown, because it is ${missing(parsed.why)}`
      incident.flags.push(flagFor(column, message))
      note(column, message)
    } else if (parsed.kind === 'unset' && text !== '') note(column, `${quote(text)} means that no time was set`)
    else if (parsed.kind === 'instant') {
      incident.wording[moment] = text
      if (Date.parse(parsed.iso) > now) isAhead = true
    }
  }

  function readServices(cell: string): string[] {
    // A file whose delimiter is the semicolon often separates by bars within a cell.
    const separator = cell.includes(';') ? ';' : '|'
    const names = cell
      .split(separator)
      .map(name => name.replace(/\s+/g, ' ').trim())
      .filter(name => name !== '')
    if (separator === '|' && names.length > 1) note('services', `${quote(cell)} was taken as ${names.length} services`)
    for (const name of names) {
      if (name.length > LIMITS.name)
        complain('services', `a name of ${thousands(name.length)} characters; at most ${LIMITS.name} are kept`)
      else if (/,| \/ /.test(name))
        note('services', `${quote(name)} was taken as one service: several are separated by ;`)
    }
    if (names.length > LIMITS.services)
      complain('services', `${names.length} services; at most ${LIMITS.services} are kept`)
    return names
  }
}

/** What a time lacks, for a sentence that goes on from 'because it is'. */
function missing(why: string): string {
  return why.startsWith('a day') ? 'a day without a time and a zone' : 'a time without a zone'
}

function quote(text: string, limit = 60): string {
  const line = text.replace(/\s+/g, ' ')
  return `"${line.length > limit ? `${[...line].slice(0, limit).join('')}…` : line}"`
}

function thousands(n: number): string {
  return n.toLocaleString('en-GB')
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}
