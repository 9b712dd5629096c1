/** Role assignments as rows. */

import { sql } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import { type Db, insertRows, type Tables, type Tx } from '#db/index.server.ts'
import { COMMANDER } from './vocabulary.ts'

export type AssignmentRow = Tables['role_assignments']

/** In the order in which the roles were taken, those of unknown times first. */
export async function assignmentsOfIncidents(db: Db, incidentIds: string[]): Promise<AssignmentRow[]> {
  const found: AssignmentRow[] = []
  for (const slice of slicesOf(incidentIds))
    found.push(
      ...(await db
        .selectFrom('role_assignments')
        .selectAll()
        .where('incident_id', 'in', slice)
        .orderBy('incident_id')
        .orderBy(({ fn, val }) => fn.coalesce('started_at', val('')))
        .orderBy('position')
        .execute()),
    )
  return found
}

export async function insertAssignments(tx: Tx, rows: AssignmentRow[]): Promise<void> {
  await insertRows(tx, 'role_assignments', rows)
}

export async function updateAssignment(
  db: Db,
  { id, ...change }: Partial<AssignmentRow> & { id: string },
): Promise<void> {
  await db.updateTable('role_assignments').set(change).where('id', '=', id).execute()
}

export async function deleteAssignments(db: Db, ids: string[]): Promise<void> {
  for (const slice of slicesOf(ids)) await db.deleteFrom('role_assignments').where('id', 'in', slice).execute()
}

export async function markTakenOver(db: Db, ids: string[]): Promise<void> {
  for (const slice of slicesOf(ids))
    await db.updateTable('role_assignments').set({ taken_over: 1 }).where('id', 'in', slice).execute()
}

/** Every turn of a commander in an incident that began before a moment, with what its length may depend on. */
export function commanderRows(db: Db, before: string, personId: string | null) {
  return db
    .selectFrom('role_assignments')
    .innerJoin('incidents', 'incidents.id', 'role_assignments.incident_id')
    .where('role_assignments.role', '=', COMMANDER)
    .$if(personId !== null, query => query.where('role_assignments.person_id', '=', personId))
    .where(({ eb, fn }) => eb(fn.coalesce('incidents.started_at', 'incidents.detected_at'), '<', before))
    .select(({ fn }) => [
      'role_assignments.incident_id as incidentId',
      'role_assignments.person_id as personId',
      fn.coalesce('incidents.started_at', 'incidents.detected_at').as('began'),
      // Where only the name is known, when somebody could first have led.
      fn.coalesce('role_assignments.started_at', 'acknowledged_at', 'detected_at', 'incidents.started_at').as('from'),
      fn.coalesce('role_assignments.ended_at', 'resolved_at').as('until'),
      'role_assignments.taken_over as takenOver',
      // What could not be read of an end matters only where there is none. Nulls are the cheapest rows.
      sql<string | null>`case when ended_at is null then nullif(role_assignments.flags, '[]') end`.as('flags'),
      sql<string | null>`case when resolved_at is null then nullif(incidents.flags, '[]') end`.as('incidentFlags'),
    ])
    .execute()
}
