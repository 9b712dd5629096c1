/** The list of waves as one person sees it. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { findWave, listWaves } from './get-wave.server.ts'
import { invitationsAmong } from './planning/plan-queries.server.ts'
import type { WaveState } from './wave.ts'

export interface ListedWave {
  id: string
  title: string
  state: WaveState
  /** It has a charter, which everybody may read. */
  isOpened: boolean
  collectingFrom: string
  answeringFrom: string
  closesAt: string
  /** Once the release may be seen. */
  responseRate: { cast: number; invited: number } | null
  isInvited: boolean
  mayManage: boolean
}

const PAGE_SIZE = 20

/**
 * The last to close first. Plans are for administrators, as are figures before publication.
 * @param after the id of the last wave of the page before.
 */
export async function listSurveys(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  after: string | null,
): Promise<{ waves: ListedWave[]; older: string | null }> {
  demand(actor, 'read')
  const mayManage = can(actor, 'administer')
  const last = after === null ? undefined : await findWave(db, after, clock)
  if (last === null) throw notFound('This page')
  const found = await listWaves(db, { clock, limit: PAGE_SIZE + 1, after: last })
  const page = found.slice(0, PAGE_SIZE)
  const invited = await invitationsAmong(
    db,
    actor.personId,
    page.map(wave => wave.id),
  )
  const waves = page
    .filter(wave => mayManage || wave.openedAt !== null)
    .map(({ id, title, state, collectingFrom, answeringFrom, closesAt, castCount, invited: all, openedAt }) => ({
      id,
      title,
      state,
      isOpened: openedAt !== null,
      collectingFrom,
      answeringFrom,
      closesAt,
      responseRate:
        castCount !== null && all !== null && (state === 'published' || (state === 'closed' && mayManage))
          ? { cast: castCount, invited: all }
          : null,
      isInvited: invited.has(id),
      mayManage,
    }))
  return { waves, older: found.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null }
}
