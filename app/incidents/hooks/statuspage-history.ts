/** The history of a status page, as its API or a collection of its snapshots gives it: incidents as rows of a table. */
import { BadInput } from '#app/platform/bad-input.ts'
import { type IncidentCells, UNKNOWN_MOMENT } from '../import-columns.ts'
import { parseExactJson } from './exact-json.ts'
import { factsOf } from './observation.ts'
import { idAt, isObject, lineAt, listAt, momentAt, valueAt } from './payload.ts'
import { isMaintenance, observeStatuspage, statuspageUpdates } from './read-statuspage.ts'
import { NAME, type ReportedUpdate } from './reading.ts'
import { type SourceTables, servicesFor, severityFor } from './source-tables.ts'

export interface HistoryEntry {
  line: number
  incident: unknown
}

/**
 * The incidents of a `summary.json` or `incidents.json`, of a list, or of JSON Lines, each with its line.
 * @throws BadInput when the text is none of them.
 */
export function readHistory(text: string): HistoryEntry[] {
  let whole: unknown
  try {
    whole = parseExactJson(text)
  } catch {
    return readLines(text)
  }
  const listed = Array.isArray(whole)
    ? whole
    : isObject(whole) && (Array.isArray(whole.incidents) || Array.isArray(whole.scheduled_maintenances))
      ? [...listAt(whole, 'incidents'), ...listAt(whole, 'scheduled_maintenances')]
      : [isObject(valueAt(whole, 'incident')) ? valueAt(whole, 'incident') : whole]
  return listed.map(incident => ({ line: lineOf(text, incident), incident }))
}

function readLines(text: string): HistoryEntry[] {
  const entries: HistoryEntry[] = []
  const lines = text.split('\n')
  for (const [index, source] of lines.entries()) {
    if (source.trim() === '') continue
    try {
      entries.push({ line: index + 1, incident: parseExactJson(source) })
    } catch {
      // A document that is broken somewhere is no list of lines either.
      throw new BadInput([{ line: index + 1, message: 'This is not JSON.' }])
    }
  }
  return entries
}

/** Where an incident of a document stands: at its id, which JSON gives no other way to find again. */
function lineOf(text: string, incident: unknown): number {
  const id = idAt(incident, 'id')
  const at = id === null ? -1 : text.indexOf(`"${id}"`)
  return at < 0 ? 1 : text.slice(0, at).split('\n').length
}

/** What became of an entry: a row to import, planned work that is left out, or something that is no incident. */
export type HistoryRow =
  | { kind: 'row'; cells: IncidentCells; updates: ReportedUpdate[] }
  | { kind: 'maintenance' }
  | { kind: 'unusable'; column: string; message: string }

/** @param source under whose name the incidents are known, and its tables. */
export function rowOfIncident(incident: unknown, source: { slug: string; tables: SourceTables }): HistoryRow {
  if (!isObject(incident)) return { kind: 'unusable', column: 'id', message: 'this is not an incident' }
  if (isMaintenance(incident)) return { kind: 'maintenance' }
  const id = idAt(incident, 'id')
  if (id === null) return { kind: 'unusable', column: 'id', message: 'an incident needs its id' }
  const { title, severity, services, url, startedAt, mitigatedAt, resolvedAt, customerImpact } = factsOf(
    observeStatuspage(incident, ''),
  )
  const cells: IncidentCells = { external_id: `${source.slug}:${id}`, title: title ?? '', started_at: startedAt ?? '' }
  const ours = severityFor(source.tables, severity ?? null)
  if (ours) cells.severity = ours
  if (services) cells.services = servicesFor(source.tables, services).join(';')
  if (url) cells.source_url = url
  if (customerImpact) cells.customer_impact = 'yes'
  if (mitigatedAt) cells.mitigated_at = mitigatedAt
  if (resolvedAt) cells.resolved_at = resolvedAt
  else if (isOver(incident)) cells.resolved_at = UNKNOWN_MOMENT
  return { kind: 'row', cells, updates: statuspageUpdates(incident) }
}

/** Whether it is known to be over although nobody wrote when: it was gone from the page at a later look. */
function isOver(incident: unknown): boolean {
  return momentAt(incident, 'absent_from_snapshot') !== null || lineAt(incident, NAME, 'status') === 'postmortem'
}
