/** Offers someone who would like to lead to go along with one's next turn. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { insertTurn, isVolunteer, turnsOf } from './participation-queries.server.ts'
import { OPEN_STATES } from './shadow-turn.ts'

const MOST_OPEN = 50

/**
 * @throws AppError not-found when that person is not on the list, conflict when the two have an open turn already or
 * somebody has too many.
 */
export async function offerShadowTurn(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { volunteerId }: { volunteerId: string },
): Promise<void> {
  demand(actor, 'read')
  if (volunteerId === actor.personId) throw notFound('This person')
  const volunteer = (await peopleByIds(db, [volunteerId])).get(volunteerId)
  if (!volunteer) throw notFound('This person')
  await inTransaction(db, async tx => {
    await lockFor(tx, 'shadow turns')
    if (!(await isVolunteer(tx, volunteerId))) throw notFound('This person')
    const open = await turnsOf(tx, actor.personId, OPEN_STATES, MOST_OPEN)
    if (open.some(turn => turn.volunteerId === volunteerId && turn.leadId === actor.personId))
      throw new AppError('conflict', `${volunteer.name} has your offer already.`)
    if (open.length >= MOST_OPEN)
      throw new AppError('conflict', 'So many shadow turns are open that you should finish some first.')
    const now = isoNow(clock)
    const turn = { id: newId(), volunteerId, leadId: actor.personId, state: 'offered', note: '' }
    await insertTurn(tx, { ...turn, createdAt: now, changedAt: now })
  })
}
