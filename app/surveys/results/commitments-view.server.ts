import { type Actor, demand } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { listActionItems } from '#app/postmortems/list-action-items.server.ts'
import type { Db } from '#db/index.server.ts'
import { findWave } from '../get-wave.server.ts'
import { resultsView } from './results-view.server.ts'

/** So many unfinished action items are offered; the overdue ones come first. */
const OFFERED = 200

/** What has been said, and what a further one can be linked to. @throws AppError not-found for all but administrators. */
export async function commitmentsView(context: { db: Db; clock: Clock; actor: Actor }, waveId: string) {
  demand(context.actor, 'administer')
  const wave = await findWave(context.db, waveId, context.clock)
  if (!wave) throw notFound()
  const [{ id, title, commitments, questionsToAnswer }, actions] = await Promise.all([
    resultsView(context, wave),
    listActionItems(context, {}, { offset: 0, limit: OFFERED }),
  ])
  return {
    id,
    title,
    commitments,
    questions: questionsToAnswer,
    actions: actions.items.map(item => ({ id: item.id, title: item.facts.title })),
  }
}
