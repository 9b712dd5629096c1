/** A list of what is not in the library, for those who may see it there. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { SET_ASIDE_PAGE } from './page-sizes.ts'
import { countSetAside, type Onlooker, type SetAside, setAsideRows } from './set-aside-queries.server.ts'

export type { SetAside }

export interface SetAsideItem {
  slug: string
  title: string
  status: string
  isRestricted: boolean
  reason: string | null
  updatedAt: string
}

/** What the actor may see of one kind, by product.md's rule; two queries. */
export async function listSetAside(
  { db, actor }: { db: Db; actor: Actor },
  which: SetAside,
  page: number,
): Promise<{ items: SetAsideItem[]; total: number }> {
  demand(actor, 'read')
  const onlooker: Onlooker = can(actor, 'administer')
    ? null
    : { personId: actor.personId, seesDrafts: can(actor, 'see every draft') }
  const part = { offset: (page - 1) * SET_ASIDE_PAGE, limit: SET_ASIDE_PAGE }
  const [rows, total] = await Promise.all([setAsideRows(db, which, onlooker, part), countSetAside(db, which, onlooker)])
  return {
    items: rows.map(row => ({
      slug: row.slug,
      title: row.title,
      status: row.status,
      isRestricted: row.is_restricted === 1,
      reason: row.restricted_reason,
      updatedAt: row.updated_at,
    })),
    total,
  }
}
