import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { claimUndo, familiesOfIncidents, familyChange, type Move, setFamily } from './family-queries.server.ts'
import './incident-events.ts'
import { ROOM_LOCK } from './services.server.ts'

/**
 * Brings back what a confirmation, split or merge moved; incidents that were moved on since then stay where they are.
 * @throws AppError not-found for those who may not; conflict when it was undone already.
 */
export async function undoFamilyChange(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { id }: { id: string },
): Promise<void> {
  demand(actor, 'edit the library')
  await inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const change = await familyChange(tx, id)
    if (!change) throw notFound('This change')
    if (!(await claimUndo(tx, id, isoNow(clock)))) throw new AppError('conflict', 'This was undone already.')
    const moved = JSON.parse(change.moved) as Move[]
    const now = new Map(
      (
        await familiesOfIncidents(
          tx,
          moved.map(one => one.incidentId),
        )
      ).map(one => [one.id, one.familyId]),
    )
    const back = moved.filter(one => now.get(one.incidentId) === one.to)
    for (const from of new Set(back.map(one => one.from))) {
      const ids = back.filter(one => one.from === from).map(one => one.incidentId)
      await setFamily(tx, ids, from, isoNow(clock))
    }
    if (back.length > 0)
      await announce(tx, 'incidents.saved', { created: [], updated: back.map(one => one.incidentId) })
  })
}
