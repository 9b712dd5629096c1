/** Open surveys of one person, for the front page: the same whether or not they have taken part. */
import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { openInvitations } from './plan-queries.server.ts'
import { stateAt } from './wave.ts'

export interface OpenSurvey {
  id: string
  title: string
  state: 'collecting' | 'answering'
  answeringFrom: string
  closesAt: string
}

/** One query; those that are invited to, the first to close first. */
export async function openSurveysFor({
  db,
  clock,
  actor,
}: {
  db: Db
  clock: Clock
  actor: Actor
}): Promise<OpenSurvey[]> {
  const now = isoNow(clock)
  return (await openInvitations(db, actor.personId)).flatMap(({ id, title, ...dates }) => {
    const state = stateAt({ ...dates, state: 'open' }, now)
    const { answeringFrom, closesAt } = dates
    return state === 'collecting' || state === 'answering' ? { id, title, state, answeringFrom, closesAt } : []
  })
}
