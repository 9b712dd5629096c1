import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check } from '#app/identity/fields.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import './incident-events.ts'
import { nameCommander } from './incident-queries.server.ts'
import { incidentsByKeys } from './incidents.server.ts'
import { type AssignmentRow, assignmentsOfIncidents, insertAssignments } from './role-queries.server.ts'
import { turnInTheWay } from './role-turns.ts'
import { ROOM_LOCK } from './services.server.ts'
import { settleCommanders } from './settle-commanders.server.ts'
import { COMMANDER, INCIDENT_ROLES } from './vocabulary.ts'

const moment = z.iso.datetime().nullable()

const turnSchema = z.object({
  role: z.enum(INCIDENT_ROLES, { error: 'Choose a role.' }),
  personId: z.string().min(1, 'Choose who holds it.').max(100),
  from: moment,
  until: moment,
})

export interface TurnToTake {
  key: string
  role: string
  personId: string
  /** ISO 8601 UTC with milliseconds; null for now. */
  from: string | null
  /** Null while it is held. */
  until: string | null
}

/**
 * Puts on record that somebody holds a role from a moment on, or held it.
 * @returns the id of the turn.
 * @throws AppError not-found; invalid naming `role`, `personId`, `from` or `until`; conflict when somebody holds it.
 */
export async function takeRole(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { key, ...given }: TurnToTake,
): Promise<string> {
  demand(actor, 'record incidents')
  const { role, personId, until, ...turn } = check(turnSchema, given)
  const now = isoNow(clock)
  const from = turn.from ?? now
  if (from > now) throw invalidField('from', 'A role is held from now or from an earlier moment.')
  if (until !== null && until <= from) throw invalidField('until', 'The end is not after the beginning.')
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const incident = (await incidentsByKeys(tx, [key])).get(key)
    if (!incident) throw notFound('This incident')
    const turns = await assignmentsOfIncidents(tx, [incident.id])
    const holders = await peopleByIds(tx, [personId, ...turns.map(row => row.person_id)])
    const person = holders.get(personId)
    if (!person) throw invalidField('personId', 'Choose somebody from the list.')
    if (person.leftOn !== null && person.leftOn < dayIn('UTC', Date.parse(from)))
      throw invalidField('personId', `${person.name} was not here any more.`)
    const inTheWay = turnInTheWay(
      turns.map(row => ({ ...row, personId: row.person_id, from: row.started_at, until: row.ended_at })),
      { role, personId, from, until },
    )
    if (inTheWay) {
      const holder = holders.get(inTheWay.personId)?.name ?? 'Somebody'
      const message =
        inTheWay.until === null
          ? `${holder} is the ${role}: a handoff passes the role on, or end the turn first.`
          : `${holder} was the ${role} at that time: choose times that do not overlap.`
      throw new AppError('conflict', message, [{ path: 'role', message }])
    }
    const row: AssignmentRow = {
      id: newId(),
      incident_id: incident.id,
      role,
      person_id: personId,
      started_at: from,
      ended_at: until,
      taken_over: 0,
      position: Math.max(-1, ...turns.map(one => one.position)) + 1,
      flags: '[]',
    }
    await insertAssignments(tx, [row])
    if (role === COMMANDER) {
      await settleCommanders(tx, [[...turns, row]])
      if (until === null || incident.commanderId === null) await nameCommander(tx, incident.id, personId)
    }
    await announce(tx, 'incidents.record-changed', { incidentId: incident.id })
    return row.id
  })
}
