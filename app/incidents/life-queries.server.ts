/** What an incident went through, as rows: severity changes, updates, handoffs. */
import { slicesOf } from '#app/platform/slices.ts'
import { type Db, insertRows, type Tables, type Tx } from '#db/index.server.ts'

export type SeverityChangeRow = Tables['severity_changes']
export type UpdateRow = Tables['incident_updates']
export type HandoffRow = Tables['handoffs']

export function severityChangesOf(db: Db, incidentId: string): Promise<SeverityChangeRow[]> {
  return db
    .selectFrom('severity_changes')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

export async function insertSeverityChanges(tx: Tx, rows: SeverityChangeRow[]): Promise<void> {
  await insertRows(tx, 'severity_changes', rows)
}

/** In the order of their times. */
export function updatesOf(db: Db, incidentId: string): Promise<UpdateRow[]> {
  return db
    .selectFrom('incident_updates')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

export async function updatesByExternalIds(db: Db, incidentId: string, externalIds: string[]): Promise<UpdateRow[]> {
  const found: UpdateRow[] = []
  for (const slice of slicesOf(externalIds))
    found.push(
      ...(await db
        .selectFrom('incident_updates')
        .selectAll()
        .where('incident_id', '=', incidentId)
        .where('external_id', 'in', slice)
        .execute()),
    )
  return found
}

export async function insertUpdates(tx: Tx, rows: UpdateRow[]): Promise<void> {
  await insertRows(tx, 'incident_updates', rows)
}

export async function rewriteUpdate(db: Db, { id, ...change }: Pick<UpdateRow, 'id' | 'at' | 'text'>): Promise<void> {
  await db.updateTable('incident_updates').set(change).where('id', '=', id).execute()
}

/** In the order in which they were offered. */
export function handoffsOf(db: Db, incidentId: string): Promise<HandoffRow[]> {
  return db
    .selectFrom('handoffs')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('offered_at')
    .orderBy('id')
    .execute()
}

export async function insertHandoff(db: Db, row: HandoffRow): Promise<void> {
  await db.insertInto('handoffs').values(row).execute()
}

export async function answerHandoffRow(
  db: Db,
  { id, ...answer }: Pick<HandoffRow, 'id' | 'answer' | 'answered_at' | 'reason'>,
): Promise<void> {
  await db.updateTable('handoffs').set(answer).where('id', '=', id).execute()
}

/** Handoffs that wait for this person's answer, with the incident's key and title. */
export function unansweredFor(db: Db, receiverId: string) {
  return db
    .selectFrom('handoffs')
    .innerJoin('incidents', 'incidents.id', 'handoffs.incident_id')
    .where('handoffs.receiver_id', '=', receiverId)
    .where('handoffs.answer', 'is', null)
    .select([
      'handoffs.id',
      'handoffs.role',
      'handoffs.giver_id as giverId',
      'handoffs.offered_at as offeredAt',
      'incidents.key',
      'incidents.title',
    ])
    .orderBy('handoffs.offered_at')
    .execute()
}

/** Turns of a person in a role that are held in incidents without an end, with the time of the last update. */
export function heldTurns(db: Db, personId: string, role: string) {
  return db
    .selectFrom('role_assignments')
    .innerJoin('incidents', 'incidents.id', 'role_assignments.incident_id')
    .where('role_assignments.person_id', '=', personId)
    .where('role_assignments.role', '=', role)
    .where('role_assignments.ended_at', 'is', null)
    .where('incidents.resolved_at', 'is', null)
    .select(eb => [
      'role_assignments.started_at as from',
      'incidents.key',
      'incidents.title',
      'incidents.severity',
      'incidents.flags',
      eb
        .selectFrom('incident_updates')
        .whereRef('incident_updates.incident_id', '=', 'incidents.id')
        .select(({ fn }) => fn.max('incident_updates.at').as('at'))
        .as('lastUpdateAt'),
    ])
    .execute()
}
