import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Actor, demand } from '#app/identity/actor.ts'
import { normaliseEmail } from '#app/identity/fields.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { inSlice } from '#app/platform/in-slice.server.ts'
import { linesInWords } from '#app/platform/lines-in-words.ts'
import { eachSlice, slicesOf } from '#app/platform/slices.ts'
import { type Db, lockFor, type Tx } from '#db/index.server.ts'
import type { IncidentCells } from './import-columns.ts'
import { type IncidentRow, incidentRowsByExternalIds, numberedKeys } from './incident-queries.server.ts'
import { highestNumber, lowerKey, numberedKey } from './keys.ts'
import { type ReadIncident, readCells } from './read-cells.ts'
import { existingByKeys, type IncidentInput, saveIncidents } from './save-incidents.server.ts'
import { ROOM_LOCK } from './services.server.ts'

export interface IncidentRowToImport {
  /** The line of the file on which the row begins. */
  line: number
  cells: IncidentCells
}

export interface IncidentImportReport {
  created: number
  updated: number
  unchanged: number
  rejected: number
  errors: { line: number; column: string | null; message: string }[]
  notes: string[]
}

/** An incident that can be stored, with the line that it came from. */
interface Readable {
  line: number
  incident: ReadIncident
}

/** Rows per transaction: few enough that other requests hardly wait. */
const SLICE = 200

/**
 * Brings in incidents by the columns of import-columns.ts. A row comes in whole or not at all; known keys are updated,
 * so that the same file again changes nothing. An empty cell clears what was known, an absent column leaves it.
 * @param dryRun does everything and takes it back, so that the report is the true one.
 * @throws AppError not-found for those who may not import.
 */
export async function importIncidents(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  rows: IncidentRowToImport[],
  { dryRun = false, onProgress }: { dryRun?: boolean; onProgress?: (done: number) => void } = {},
): Promise<IncidentImportReport> {
  demand(actor, 'import postmortems and incidents')
  const report: IncidentImportReport = { created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], notes: [] }
  const readable = await readRows(rows, clock.now(), report)
  const commanders = await findCommanders(db, readable, report)
  const run: Run = {
    clock,
    report,
    commanders,
    lineOfKey: new Map(
      readable.flatMap(({ line, incident }) => (incident.key ? [[lowerKey(incident.key), line]] : [])),
    ),
    highest: highestNumber(readable.map(({ incident }) => incident.key ?? '')),
    services: new Set(),
    families: new Set(),
  }
  await eachSlice(readable, SLICE, { done: rows.length - readable.length, tell: onProgress }, slice =>
    inSlice(db, dryRun, tx => importSlice(tx, run, slice)),
  )
  if (run.services.size > 0) report.notes.push(`New services: ${[...run.services].join(', ')}`)
  if (run.families.size > 0) report.notes.push(`New families: ${[...run.families].join(', ')}`)
  report.errors.sort((one, other) => one.line - other.line)
  return report
}

/** Reads every row; complaints and repetitions within the file go to the report. */
async function readRows(rows: IncidentRowToImport[], now: number, report: IncidentImportReport): Promise<Readable[]> {
  const readable: Readable[] = []
  const ahead: number[] = []
  const firstLines = { key: new Map<string, number>(), external_id: new Map<string, number>() }
  for (const slice of slicesOf(rows)) {
    for (const { line, cells } of slice) {
      const { incident, errors, notes, isAhead } = readCells(cells, now)
      for (const { column, message } of notes) report.notes.push(`Line ${line}, ${column}: ${message}`)
      if (isAhead) ahead.push(line)
      const repeats = incident ? repetitions(incident, line, firstLines) : []
      report.errors.push(...[...errors, ...repeats].map(complaint => ({ line, ...complaint })))
      if (incident && repeats.length === 0) readable.push({ line, incident })
      else report.rejected++
    }
    await nextTurn()
  }
  if (ahead.length > 0) report.notes.push(`${linesInWords(ahead)}: moments that lie in the future`)
  return readable
}

function repetitions(
  { key, externalId }: ReadIncident,
  line: number,
  firstLines: Record<'key' | 'external_id', Map<string, number>>,
): { column: string; message: string }[] {
  const complaints = []
  for (const [column, value] of [['key', key && lowerKey(key)] as const, ['external_id', externalId] as const]) {
    if (!value) continue
    const first = firstLines[column].get(value)
    if (first !== undefined)
      complaints.push({ column, message: `the same ${column} as on line ${first}: only the first was taken` })
  }
  if (complaints.length > 0) return complaints
  if (key) firstLines.key.set(lowerKey(key), line)
  if (externalId) firstLines.external_id.set(externalId, line)
  return []
}

/** People by the address as written. Those whom nobody knows are noted once, with the lines. */
async function findCommanders(
  db: Db,
  readable: Readable[],
  report: IncidentImportReport,
): Promise<Map<string, string>> {
  const lines = new Map<string, number[]>()
  for (const { line, incident } of readable) {
    if (!incident.commander) continue
    const where = lines.get(incident.commander)
    if (where) where.push(line)
    else lines.set(incident.commander, [line])
  }
  const people = await peopleByEmails(db, [...new Set([...lines.keys()].map(normaliseEmail))])
  const found = new Map<string, string>()
  for (const [written, where] of lines) {
    const person = people.get(normaliseEmail(written))
    if (person) found.set(written, person.id)
    else {
      const shown = written.length > 100 ? `${written.slice(0, 100)}…` : written
      report.notes.push(
        `${linesInWords(where)}, incident_commander: "${shown}" is not the e-mail address of anyone here, so it was left out`,
      )
    }
  }
  return found
}

/** What lives as long as one import. */
interface Run {
  clock: Clock
  report: IncidentImportReport
  commanders: Map<string, string>
  /** The lines of the keys in the file, which are in lower case here. */
  lineOfKey: Map<string, number>
  /** The highest number of an `INC-` key in the file or given out so far. */
  highest: number
  services: Set<string>
  families: Set<string>
}

async function importSlice(tx: Tx, run: Run, slice: Readable[]): Promise<void> {
  const { report } = run
  await lockFor(tx, ROOM_LOCK)
  const known = await findKnown(tx, slice)
  const isNumbering = slice.some(
    ({ incident }) => incident.key === null && !known.byExternalId.has(incident.externalId!),
  )
  if (isNumbering) run.highest = Math.max(run.highest, highestNumber(await numberedKeys(tx)))
  const inputs: { line: number; input: IncidentInput }[] = []
  for (const { line, incident } of slice) {
    const complaint = complaintAboutIdentity(incident, known, run.lineOfKey)
    if (complaint) {
      report.errors.push({ line, ...complaint })
      report.rejected++
      continue
    }
    let key = incident.key ?? known.byExternalId.get(incident.externalId!)?.key
    if (key === undefined) {
      run.highest++
      key = numberedKey(run.highest)
      report.notes.push(`Line ${line}, key: there is none, so ${incident.externalId} became ${key}`)
    }
    const { commander, ...facts } = incident
    const commanderId = commander ? run.commanders.get(commander) : commander
    inputs.push({ line, input: { ...facts, key, commanderId, externalId: incident.externalId ?? undefined } })
  }
  const saved = await saveIncidents(
    tx,
    run,
    inputs.map(({ input }) => input),
  )
  saved.forEach((one, i) => {
    const { line, input } = inputs[i]!
    report[one.outcome]++
    for (const name of one.servicesMade) run.services.add(name)
    if (one.familyMade) run.families.add(one.familyMade)
    if (one.key !== input.key) report.notes.push(`Line ${line}, key: ${input.key} was taken as ${one.key}`)
    for (const flag of one.disorder) report.notes.push(`Line ${line}, ${flag}`)
  })
}

interface Known {
  byExternalId: Map<string, IncidentRow>
  byKey: Map<string, IncidentRow>
}

async function findKnown(tx: Tx, slice: Readable[]): Promise<Known> {
  const withId = slice.filter(({ incident }) => incident.externalId)
  const holders = await incidentRowsByExternalIds(
    tx,
    withId.map(({ incident }) => incident.externalId!),
  )
  const keyed = await existingByKeys(
    tx,
    withId.flatMap(({ incident }) => incident.key ?? []),
  )
  return { byExternalId: new Map(holders.map(row => [row.external_id!, row])), byKey: keyed }
}

/**
 * An external id is who an incident is elsewhere, not a fact about it: an import gives one to an incident that has
 * none, and never moves or clears it. Else a file could mean something else when it is imported again.
 */
function complaintAboutIdentity(
  { key, externalId }: ReadIncident,
  { byExternalId, byKey }: Known,
  lineOfKey: Map<string, number>,
): { column: string; message: string } | null {
  if (!externalId) return null
  const holder = byExternalId.get(externalId)
  if (key === null) {
    const line = holder && lineOfKey.get(lowerKey(holder.key))
    return line
      ? { column: 'external_id', message: `this is ${holder!.key}, which line ${line} names by its key` }
      : null
  }
  if (holder && lowerKey(holder.key) !== lowerKey(key))
    return { column: 'external_id', message: `the external_id ${externalId} belongs to ${holder.key} already` }
  const own = byKey.get(lowerKey(key))?.external_id
  return own && own !== externalId
    ? { column: 'external_id', message: `${key} has the external_id ${own} already` }
    : null
}
