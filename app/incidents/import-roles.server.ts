import { type Actor, demand } from '#app/identity/actor.ts'
import { normaliseEmail } from '#app/identity/fields.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { eachSlice } from '#app/platform/slices.ts'
import {
  type CellComplaint,
  emptyTableReport,
  quoted,
  reject,
  type TableOptions,
  type TableReport,
  type TableRow,
} from '#app/platform/table-import.ts'
import { type Db, lockFor, type Tx } from '#db/index.server.ts'
import { auditedSlice } from './audited-slice.server.ts'
import { incidentsByKeys } from './incidents.server.ts'
import { lowerKey } from './keys.ts'
import { flagFor } from './moments.ts'
import { normaliseRole } from './normalise.ts'
import {
  type AssignmentRow,
  assignmentsOfIncidents,
  insertAssignments,
  updateAssignment,
} from './role-queries.server.ts'
import { ROOM_LOCK } from './services.server.ts'
import { settleCommanders } from './settle-commanders.server.ts'
import { INCIDENT_ROLES, type IncidentRole } from './vocabulary.ts'

interface ReadRole {
  line: number
  incident: string
  role: IncidentRole
  email: string
  startedAt: string
  /** Null while the role is held; absent when the file does not say. */
  endedAt?: string | null
  flags: string[]
}

/** Rows per transaction: few enough that other requests hardly wait. */
const SLICE = 200

/**
 * Brings in who held which role in an incident, and when. Incident, role, person and start say which assignment it is;
 * the same again changes nothing. Any later commander of an incident counts as having taken over.
 * @throws AppError not-found for those who may not.
 */
export async function importRoles(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  rows: readonly TableRow[],
  { dryRun = false, onProgress }: TableOptions = {},
): Promise<TableReport> {
  demand(actor, 'administer')
  const report = emptyTableReport()
  const readable = readRows(rows, report)
  const people = await peopleByEmails(db, [...new Set(readable.map(row => row.email))])
  const known = readable.filter(row => {
    if (people.has(row.email)) return true
    const message = `${quoted(row.email)} is not the e-mail address of anyone here`
    reject(report, row.line, [{ column: 'email', message }])
    return false
  })
  await eachSlice(known, SLICE, { done: rows.length - known.length, tell: onProgress }, async slice => {
    const ids = new Map(slice.map(row => [row.email, people.get(row.email)!.id]))
    await auditedSlice({ db, clock, actor, dryRun }, { act: 'roles.imported', slice, report }, tx =>
      importSlice(tx, slice, ids, report),
    )
  })
  report.errors.sort((one, other) => one.line - other.line)
  return report
}

function readRows(rows: readonly TableRow[], report: TableReport): ReadRole[] {
  const readable: ReadRole[] = []
  const firstLines = new Map<string, number>()
  for (const { line, cells } of rows) {
    const { role, complaints } = readRole(line, cells)
    if (role) {
      const identity = [lowerKey(role.incident), role.role, role.email, role.startedAt].join('\n')
      const first = firstLines.get(identity)
      if (first === undefined) firstLines.set(identity, line)
      else complaints.push({ column: 'started_at', message: `the same as on line ${first}: only the first was taken` })
    }
    if (!role || complaints.length > 0) {
      reject(report, line, complaints)
      continue
    }
    for (const flag of role.flags) report.notes.push(`Line ${line}, ${flag}`)
    readable.push(role)
  }
  return readable
}

function readRole(line: number, cells: Record<string, string>): { role: ReadRole | null; complaints: CellComplaint[] } {
  const complaints: CellComplaint[] = []
  const complain = (column: string, message: string) => void complaints.push({ column, message })
  const cell = (column: string) => (cells[column] ?? '').trim()

  const incident = cell('incident')
  if (incident === '') complain('incident', 'a role belongs to an incident: write its key')
  const role = normaliseRole(cell('role'))
  if (role === null) {
    const words = INCIDENT_ROLES.join(', ')
    complain('role', cell('role') ? `${quoted(cell('role'))} is not a role; use ${words}` : `a role is one of ${words}`)
  }
  const email = normaliseEmail(cells.email ?? '')
  if (email === '') complain('email', 'a role is held by somebody: write the e-mail address')
  const start = parseInstant(cell('started_at'))
  if (start.kind === 'unset') complain('started_at', 'a role needs the time from which it was held')
  else if (start.kind !== 'instant') complain('started_at', `${quoted(cell('started_at'))}: ${start.why}`)

  const flags: string[] = []
  const end = cells.ended_at === undefined ? null : parseInstant(cell('ended_at'))
  let endedAt: string | null | undefined = end === null ? undefined : null
  if (end?.kind === 'invalid') complain('ended_at', `${quoted(cell('ended_at'))}: ${end.why}`)
  else if (end?.kind === 'local')
    flags.push(flagFor('ended_at', `${quoted(end.text)} counts as unknown, because it has no time and zone`))
  else if (end?.kind === 'instant' && start.kind === 'instant') {
    if (end.iso >= start.iso) endedAt = end.iso
    else
      flags.push(
        flagFor('ended_at', `${quoted(cell('ended_at'))} is before started_at, so this moment counts as unknown`),
      )
  }
  if (complaints.length > 0 || role === null || start.kind !== 'instant') return { role: null, complaints }
  return { role: { line, incident, role, email, startedAt: start.iso, endedAt, flags }, complaints }
}

async function importSlice(
  tx: Tx,
  slice: ReadRole[],
  personIds: ReadonlyMap<string, string>,
  report: TableReport,
): Promise<void> {
  await lockFor(tx, ROOM_LOCK)
  const incidents = await incidentsByKeys(
    tx,
    slice.map(row => row.incident),
  )
  const held = new Map<string, AssignmentRow[]>([...incidents.values()].map(one => [one.id, []]))
  for (const row of await assignmentsOfIncidents(tx, [...held.keys()])) held.get(row.incident_id)!.push(row)
  const inserts: AssignmentRow[] = []
  for (const row of slice) {
    const incident = incidents.get(row.incident)
    if (!incident) {
      reject(report, row.line, [{ column: 'incident', message: `there is no incident ${quoted(row.incident)}` }])
      continue
    }
    const own = held.get(incident.id)!
    const personId = personIds.get(row.email)!
    const old = own.find(one => one.role === row.role && one.person_id === personId && one.started_at === row.startedAt)
    const stored = {
      ended_at: row.endedAt === undefined ? (old?.ended_at ?? null) : row.endedAt,
      flags: row.endedAt === undefined && old ? old.flags : JSON.stringify(row.flags),
    }
    if (!old) {
      const assignment = {
        ...stored,
        id: newId(),
        incident_id: incident.id,
        role: row.role,
        person_id: personId,
        started_at: row.startedAt,
        taken_over: 0,
        position: Math.max(-1, ...own.map(one => one.position)) + 1,
      }
      inserts.push(assignment)
      own.push(assignment)
      report.created++
    } else if (old.ended_at === stored.ended_at && old.flags === stored.flags) report.unchanged++
    else {
      await updateAssignment(tx, { id: old.id, ...stored })
      report.updated++
    }
  }
  await insertAssignments(tx, inserts)
  await settleCommanders(tx, [...held.values()])
}
