import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Actor, demand } from '#app/identity/actor.ts'
import { normaliseEmail } from '#app/identity/fields.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import type { IncidentCells } from './import-columns.ts'
import { incidentRowsByExternalIds, numberedKeys } from './incident-queries.server.ts'
import { highestNumber, lowerKey, numberedKey } from './keys.ts'
import { slicesOf } from './names.server.ts'
import { type ReadIncident, readCells } from './read-cells.ts'
import { type IncidentInput, saveIncidents } from './save-incidents.server.ts'
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
    highest: highestNumber(readable.map(({ incident }) => incident.key ?? '')),
    services: new Set(),
    families: new Set(),
  }
  let done = rows.length - readable.length
  for (const slice of slicesOf(readable, SLICE)) {
    await inSlice(db, dryRun, tx => importSlice(tx, run, slice))
    done += slice.length
    onProgress?.(done)
    await nextTurn()
  }
  if (run.services.size > 0) report.notes.push(`New services: ${[...run.services].join(', ')}`)
  if (run.families.size > 0) report.notes.push(`New families: ${[...run.families].join(', ')}`)
  report.errors.sort((one, other) => one.line - other.line)
  return report
}

/** Reads every row; complaints and repetitions within the file go to the report. */
async function readRows(rows: IncidentRowToImport[], now: number, report: IncidentImportReport): Promise<Readable[]> {
  const readable: Readable[] = []
  const firstLines = { key: new Map<string, number>(), external_id: new Map<string, number>() }
  for (const slice of slicesOf(rows)) {
    for (const { line, cells } of slice) {
      const { incident, errors, notes } = readCells(cells, now)
      for (const { column, message } of notes) report.notes.push(`Line ${line}, ${column}: ${message}`)
      const repeats = incident ? repetitions(incident, line, firstLines) : []
      report.errors.push(...[...errors, ...repeats].map(complaint => ({ line, ...complaint })))
      if (incident && repeats.length === 0) readable.push({ line, incident })
      else report.rejected++
    }
    await nextTurn()
  }
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
      const some = where.length > 5 ? `${where.slice(0, 5).join(', ')} and ${where.length - 5} more` : where.join(', ')
      const shown = written.length > 100 ? `${written.slice(0, 100)}…` : written
      report.notes.push(
        `Line ${some}, incident_commander: "${shown}" is not the e-mail address of anyone here, so it was left out`,
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
  /** The highest number of an `INC-` key in the file or given out so far. */
  highest: number
  services: Set<string>
  families: Set<string>
}

async function importSlice(tx: Tx, run: Run, slice: Readable[]): Promise<void> {
  const { report } = run
  await lockFor(tx, ROOM_LOCK)
  const inputs: { line: number; input: IncidentInput }[] = []
  const byExternalId = new Map(
    (
      await incidentRowsByExternalIds(
        tx,
        slice.flatMap(({ incident }) => incident.externalId ?? []),
      )
    ).map(row => [row.external_id, row.key]),
  )
  const isNumbering = slice.some(({ incident }) => incident.key === null && !byExternalId.has(incident.externalId!))
  if (isNumbering) run.highest = Math.max(run.highest, highestNumber(await numberedKeys(tx)))
  for (const { line, incident } of slice) {
    const { commander, ...facts } = incident
    const holder = incident.externalId ? byExternalId.get(incident.externalId) : undefined
    if (holder !== undefined && incident.key !== null && lowerKey(holder) !== lowerKey(incident.key)) {
      const message = `the external_id ${incident.externalId} belongs to ${holder} already`
      report.errors.push({ line, column: 'external_id', message })
      report.rejected++
      continue
    }
    let key = incident.key ?? holder
    if (key === undefined) {
      run.highest++
      key = numberedKey(run.highest)
      report.notes.push(`Line ${line}, key: there is none, so ${incident.externalId} became ${key}`)
    }
    const commanderId = commander ? run.commanders.get(commander) : commander
    inputs.push({ line, input: { ...facts, key, commanderId } })
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

/** Thrown to take back what a dry run did. */
class TakenBack extends Error {}

async function inSlice(db: Db, dryRun: boolean, work: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await inTransaction(db, async tx => {
      await work(tx)
      if (dryRun) throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
}
