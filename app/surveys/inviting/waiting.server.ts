/** Open surveys of one person, for the front page: the same whether or not they have taken part. */
import { type Actor, can } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { openInvitations, plansBefore } from '../planning/plan-queries.server.ts'
import { stateAt } from '../wave.ts'

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

const SOON_MS = 7 * 86_400_000

/** Plans that an administrator should open soon, or move: no wave opens by itself. None for other people. */
export async function plansToOpen({
  db,
  clock,
  actor,
}: {
  db: Db
  clock: Clock
  actor: Actor
}): Promise<{ id: string; title: string; collectingFrom: string }[]> {
  if (!can(actor, 'administer')) return []
  return plansBefore(db, new Date(clock.now() + SOON_MS).toISOString())
}
