/** Shadow turns that wait for this person's answer, for the front page. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Db } from '#db/index.server.ts'
import { turnsOf } from './participation-queries.server.ts'

const MOST = 5

/** Two queries at most. */
export async function offeredTurns(db: Db, actor: Actor): Promise<{ by: string; at: string }[]> {
  const turns = (await turnsOf(db, actor.personId, ['offered'], MOST)).filter(
    turn => turn.volunteerId === actor.personId,
  )
  if (turns.length === 0) return []
  const people = await peopleByIds(
    db,
    turns.map(turn => turn.leadId),
  )
  return turns.map(turn => ({ by: people.get(turn.leadId)?.name ?? 'Somebody', at: turn.createdAt }))
}
