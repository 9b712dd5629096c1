import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import './incident-events.ts'
import { incidentsByKeys } from './incidents.server.ts'
import { handoffsOf } from './life-queries.server.ts'
import { assignmentsOfIncidents, updateAssignment } from './role-queries.server.ts'
import { ROOM_LOCK } from './services.server.ts'

/**
 * Ends a turn in a role without passing it on.
 * @param turn.at ISO 8601 UTC; null for now.
 * @throws AppError not-found; invalid naming `at`; conflict when it has ended or its handoff waits for an answer.
 */
export async function endRole(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { key, assignmentId, at = null }: { key: string; assignmentId: string; at?: string | null },
): Promise<void> {
  demand(actor, 'record incidents')
  const now = isoNow(clock)
  const end = at ?? now
  if (end > now) throw invalidField('at', 'A role ends now or ended at an earlier moment.')
  await inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const incident = (await incidentsByKeys(tx, [key])).get(key)
    const turn =
      incident && (await assignmentsOfIncidents(tx, [incident.id])).find(assignment => assignment.id === assignmentId)
    if (!turn) throw notFound('This role')
    if (turn.ended_at !== null) throw new AppError('conflict', 'This turn has ended already.')
    if (turn.started_at !== null && end <= turn.started_at)
      throw invalidField('at', 'The end is not after the beginning.')
    const isOffered = (await handoffsOf(tx, incident.id)).some(
      handoff => handoff.assignment_id === turn.id && handoff.answer === null,
    )
    if (isOffered)
      throw new AppError(
        'conflict',
        'A handoff of this role waits for an answer. Withdraw it first, then end the turn.',
      )
    await updateAssignment(tx, { id: turn.id, ended_at: end })
    await announce(tx, 'incidents.record-changed', { incidentId: incident.id })
  })
}
