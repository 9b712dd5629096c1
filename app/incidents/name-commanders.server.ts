/** Incidents that only name their commander: a turn of unknown times, until a file or a handoff tells the times. */
import { newId } from '#app/platform/ids.server.ts'
import type { Tx } from '#db/index.server.ts'
import {
  type AssignmentRow,
  assignmentsOfIncidents,
  deleteAssignments,
  insertAssignments,
} from './role-queries.server.ts'
import { isUntimed } from './settle-commanders.server.ts'
import { COMMANDER } from './vocabulary.ts'

export interface NamedCommander {
  incidentId: string
  /** Null for none. */
  personId: string | null
}

/** Makes the turns of unknown times agree with who is named. Where the times of a commander are known, those count. */
export async function nameCommanders(tx: Tx, named: NamedCommander[]): Promise<void> {
  if (named.length === 0) return
  const turns = new Map<string, AssignmentRow[]>()
  const assignments = await assignmentsOfIncidents(
    tx,
    named.map(one => one.incidentId),
  )
  for (const row of assignments)
    if (row.role === COMMANDER) turns.set(row.incident_id, [...(turns.get(row.incident_id) ?? []), row])
  const superseded: string[] = []
  const inserts: AssignmentRow[] = []
  for (const { incidentId, personId } of named) {
    const own = turns.get(incidentId) ?? []
    const untimed = own.filter(isUntimed)
    const stays = untimed.find(row => row.person_id === personId)
    superseded.push(...untimed.filter(row => row !== stays).map(row => row.id))
    if (personId !== null && !stays && untimed.length === own.length)
      inserts.push({
        id: newId(),
        incident_id: incidentId,
        role: COMMANDER,
        person_id: personId,
        started_at: null,
        ended_at: null,
        taken_over: 0,
        position: 0,
        flags: '[]',
      })
  }
  await deleteAssignments(tx, superseded)
  await insertAssignments(tx, inserts)
}
