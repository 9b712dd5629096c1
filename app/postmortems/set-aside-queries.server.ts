/** What is not in the library: drafts, restricted and archived texts that somebody may see. */
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db, Tables } from '#db/index.server.ts'

export type SetAside = 'drafts' | 'restricted' | 'archived'

/** Null for those who see everything; `seesDrafts` for editors, who see all that is not restricted. */
export type Onlooker = { personId: string; seesDrafts: boolean } | null

function setAside(db: Db, which: SetAside, onlooker: Onlooker) {
  const shelf = shelfOf(db.selectFrom('postmortems'), which)
  if (onlooker === null) return shelf
  const { personId, seesDrafts } = onlooker
  return shelf.where(({ and, eb, exists, not, or, selectFrom }) => {
    const own = or(
      (['postmortem_authors', 'postmortem_readers'] as const).map(table =>
        exists(
          selectFrom(table)
            .select('postmortem_id')
            .whereRef('postmortem_id', '=', 'postmortems.id')
            .where('person_id', '=', personId),
        ),
      ),
    )
    const isOpen = eb('is_restricted', '=', 0)
    return seesDrafts ? or([isOpen, own]) : and([own, not(and([isOpen, eb('status', '=', 'published')]))])
  })
}

/** Literals, so that the partial indexes are seen to fit. */
function shelfOf(query: SelectQueryBuilder<Tables, 'postmortems', object>, which: SetAside) {
  if (which === 'archived') return query.where('archived_at', 'is not', null)
  if (which === 'restricted') return query.where('is_restricted', '=', sql.lit(1)).where('archived_at', 'is', null)
  return query.where('status', 'in', ['draft', 'in review']).where('archived_at', 'is', null)
}

/** One page, the latest changed first. */
export function setAsideRows(
  db: Db,
  which: SetAside,
  onlooker: Onlooker,
  { offset, limit }: { offset: number; limit: number },
) {
  return setAside(db, which, onlooker)
    .select(['id', 'slug', 'title', 'status', 'is_restricted', 'restricted_reason', 'updated_at'])
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute()
}

export async function countSetAside(db: Db, which: SetAside, onlooker: Onlooker): Promise<number> {
  const row = await setAside(db, which, onlooker)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
