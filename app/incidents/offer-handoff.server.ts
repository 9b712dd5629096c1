import { type Actor, demand } from '#app/identity/actor.ts'
import { invalid, isStorable } from '#app/identity/fields.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { HANDOFF_PARTS, readParts, type TypedParts } from './handoff.ts'
import './incident-events.ts'
import { incidentsByKeys } from './incidents.server.ts'
import { handoffsOf, insertHandoff } from './life-queries.server.ts'
import { assignmentsOfIncidents } from './role-queries.server.ts'
import { turnInTheWay } from './role-turns.ts'
import { ROOM_LOCK } from './services.server.ts'
import type { IncidentRole } from './vocabulary.ts'

/**
 * Offers a role that one holds to somebody else, with what they need to know. It passes on when they accept.
 * @returns the id of the handoff.
 * @throws AppError not-found for a role that is not one's own; invalid naming `receiverId` and the parts that are
 * missing; conflict when the turn has ended or is offered already.
 */
export async function offerHandoff(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: { key: string; assignmentId: string; receiverId: string; parts: TypedParts },
): Promise<string> {
  demand(actor, 'record incidents')
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const incident = (await incidentsByKeys(tx, [given.key])).get(given.key)
    const turns = incident ? await assignmentsOfIncidents(tx, [incident.id]) : []
    const turn = turns.find(one => one.id === given.assignmentId)
    if (!incident || !turn || turn.person_id !== actor.personId) throw notFound('This role')
    if (turn.ended_at !== null) throw new AppError('conflict', 'This turn has ended already.')
    const isOffered = (await handoffsOf(tx, incident.id)).some(
      handoff => handoff.assignment_id === turn.id && handoff.answer === null,
    )
    if (isOffered)
      throw new AppError('conflict', 'This role is offered already. Withdraw that handoff before you send another.')

    const { parts, errors } = readParts(given.parts)
    for (const part of HANDOFF_PARTS)
      if (!isStorable(given.parts[part].text))
        errors.push({ path: part, message: 'This has a character that cannot be stored.' })
    const receiver = (await peopleByIds(tx, [given.receiverId])).get(given.receiverId)
    const now = isoNow(clock)
    if (!receiver) errors.unshift({ path: 'receiverId', message: 'Choose who takes over.' })
    else if (receiver.id === actor.personId)
      errors.unshift({ path: 'receiverId', message: 'You hold this role: choose somebody else.' })
    else if (receiver.leftOn !== null && receiver.leftOn < dayIn('UTC', clock.now()))
      errors.unshift({ path: 'receiverId', message: `${receiver.name} is not here any more.` })
    else {
      const others = turns
        .filter(one => one !== turn)
        .map(row => ({ ...row, personId: row.person_id, from: row.started_at, until: row.ended_at }))
      const wanted = { role: turn.role as IncidentRole, personId: receiver.id, from: now, until: null }
      if (turnInTheWay(others, wanted))
        errors.unshift({ path: 'receiverId', message: `${receiver.name} holds this role already.` })
    }
    if (errors.length > 0) throw invalid(errors)

    const id = newId()
    await insertHandoff(tx, {
      id,
      incident_id: incident.id,
      role: turn.role,
      assignment_id: turn.id,
      giver_id: actor.personId,
      receiver_id: receiver!.id,
      offered_at: now,
      parts: JSON.stringify(parts),
      answer: null,
      answered_at: null,
      reason: '',
    })
    await announce(tx, 'incidents.record-changed', { incidentId: incident.id })
    return id
  })
}
