/** What the two people of a shadow turn do with it: accept, decline, take back, finish, call off. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { moveTurn, turnById } from './participation-queries.server.ts'
import { actsOn, TURN_ACTS, type TurnAct } from './shadow-turn.ts'

/** @throws AppError not-found for other people's turns, conflict when it has moved on meanwhile. */
export async function answerShadowTurn(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { id, act }: { id: string; act: string },
): Promise<void> {
  demand(actor, 'read')
  if (!Object.hasOwn(TURN_ACTS, act)) throw invalidField('act', 'Candor did not understand what to do.')
  const turn = await turnById(db, id)
  const side = turn?.volunteerId === actor.personId ? 'volunteer' : turn?.leadId === actor.personId ? 'lead' : null
  if (!turn || !side) throw notFound('This shadow turn')
  const { from, to } = TURN_ACTS[act as TurnAct]
  const isAllowed = actsOn(turn.state, side).includes(act as TurnAct)
  if (!isAllowed || !(await moveTurn(db, id, from, to, isoNow(clock))))
    throw new AppError('conflict', 'This shadow turn has moved on meanwhile. Here is how it stands now.')
}
