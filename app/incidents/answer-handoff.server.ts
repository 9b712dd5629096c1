import { type Actor, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import type { HandoffAnswer } from './handoff.ts'
import './incident-events.ts'
import { nameCommander } from './incident-queries.server.ts'
import { incidentsByKeys } from './incidents.server.ts'
import { answerHandoffRow, type HandoffRow, handoffsOf } from './life-queries.server.ts'
import {
  type AssignmentRow,
  assignmentsOfIncidents,
  insertAssignments,
  updateAssignment,
} from './role-queries.server.ts'
import { ROOM_LOCK } from './services.server.ts'
import { settleCommanders } from './settle-commanders.server.ts'
import { COMMANDER } from './vocabulary.ts'

const REASON_LIMIT = 2_000

/**
 * The receiver accepts or declines; the giver may withdraw. Accepting ends the giver's turn and begins the receiver's
 * at the same moment. Either way the handoff stays on the record.
 * @throws AppError not-found for others; invalid naming `reason` when declined without one; conflict when it was
 * answered or the role ended meanwhile.
 */
export async function answerHandoff(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: { key: string; id: string; answer: HandoffAnswer; reason?: string },
): Promise<void> {
  demand(actor, 'record incidents')
  const reason = given.answer === 'declined' ? (given.reason ?? '').trim() : ''
  await inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const incident = (await incidentsByKeys(tx, [given.key])).get(given.key)
    const handoff = incident && (await handoffsOf(tx, incident.id)).find(one => one.id === given.id)
    const answerer = given.answer === 'withdrawn' ? handoff?.giver_id : handoff?.receiver_id
    if (!incident || !handoff || !actor.personId || answerer !== actor.personId) throw notFound('This handoff')
    if (handoff.answer !== null) throw new AppError('conflict', `This handoff was ${handoff.answer} already.`)
    if (given.answer === 'declined' && reason === '')
      throw invalidField('reason', 'Say why, so that the one who holds the role knows what to do next.')
    if (reason.length > REASON_LIMIT || !isStorable(reason))
      throw invalidField('reason', `Write at most ${REASON_LIMIT.toLocaleString('en-GB')} characters.`)
    const now = isoNow(clock)
    if (given.answer === 'accepted') await passOn(tx, handoff, now)
    await answerHandoffRow(tx, { id: handoff.id, answer: given.answer, answered_at: now, reason })
    await announce(tx, 'incidents.record-changed', { incidentId: incident.id })
  })
}

async function passOn(tx: Tx, handoff: HandoffRow, now: string): Promise<void> {
  const turns = await assignmentsOfIncidents(tx, [handoff.incident_id])
  const given = turns.find(turn => turn.id === handoff.assignment_id)
  if (!given || given.ended_at !== null)
    throw new AppError('conflict', 'The turn that was to be passed on has ended meanwhile. Take the role instead.')
  // A turn that an import dates later than this machine's clock still ends after it began.
  const at = given.started_at !== null && given.started_at > now ? given.started_at : now
  const taken: AssignmentRow = {
    id: newId(),
    incident_id: handoff.incident_id,
    role: handoff.role,
    person_id: handoff.receiver_id,
    started_at: at,
    ended_at: null,
    taken_over: 1,
    position: Math.max(...turns.map(turn => turn.position)) + 1,
    flags: '[]',
  }
  await updateAssignment(tx, { id: given.id, ended_at: at })
  await insertAssignments(tx, [taken])
  if (handoff.role !== COMMANDER) return
  const others = turns.map(turn => (turn === given ? { ...turn, ended_at: at } : turn))
  await settleCommanders(tx, [[...others, taken]])
  await nameCommander(tx, handoff.incident_id, handoff.receiver_id)
}
