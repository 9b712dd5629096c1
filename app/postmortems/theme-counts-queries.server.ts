/**
 * Who carries which theme. A postmortem carries a theme of its own or through one of its factors, and counts once.
 * What everybody sees counts only what everybody may read: published, not archived, not restricted.
 */

import type { SqlBool } from 'kysely'
import { sql } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'
import type { Quarter } from './theme-quarters.ts'

export interface ThemeCount {
  total: number
  /** One figure for each quarter asked about. */
  byQuarter: number[]
  /** Neither publication nor start of the incident is known. */
  undated: number
}

const open = sql<SqlBool>`postmortems.status = 'published' and postmortems.archived_at is null and postmortems.is_restricted = 0`
/** The day of taking it into Candor would say nothing about when it happened, so it is never used. */
const datedAt = sql<string | null>`coalesce(postmortems.published_at, postmortems.started_at)`

const UNDATED = -1
const OUTSIDE = -2

/**
 * Themes that are carried by anything, with how many carry them, by quarter of publication: two queries, one for what
 * postmortems carry themselves, one for what only their factors carry (faster than one over both).
 * @param only ids of the themes wanted; all unless given.
 */
export async function countsByTheme(
  db: Db,
  quarters: readonly Quarter[],
  only?: readonly string[],
): Promise<Map<string, ThemeCount>> {
  const quarter = quarterOf(quarters).as('quarter')
  let own = db
    .selectFrom('postmortem_themes')
    .innerJoin('postmortems', 'postmortems.id', 'postmortem_themes.postmortem_id')
    .where(open)
    .select(({ fn }) => ['postmortem_themes.theme_id', quarter, fn.countAll<number>().as('n')])
    .groupBy(['postmortem_themes.theme_id', sql.ref('quarter')])
  let byFactor = db
    .selectFrom('factor_themes')
    .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
    .innerJoin('postmortems', 'postmortems.id', 'factors.postmortem_id')
    .where(open)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('postmortem_themes')
            .select('postmortem_themes.theme_id')
            .whereRef('postmortem_themes.postmortem_id', '=', 'factors.postmortem_id')
            .whereRef('postmortem_themes.theme_id', '=', 'factor_themes.theme_id'),
        ),
      ),
    )
    .select(({ fn }) => ['factor_themes.theme_id', quarter, fn.count<number>('postmortems.id').distinct().as('n')])
    .groupBy(['factor_themes.theme_id', sql.ref('quarter')])
  if (only) {
    own = own.where('postmortem_themes.theme_id', 'in', only)
    byFactor = byFactor.where('factor_themes.theme_id', 'in', only)
  }
  const counts = new Map<string, ThemeCount>()
  for (const row of [...(await own.execute()), ...(await byFactor.execute())]) {
    const count = counts.get(row.theme_id) ?? { total: 0, undated: 0, byQuarter: quarters.map(() => 0) }
    const n = Number(row.n)
    const place = Number(row.quarter)
    count.total += n
    if (place === UNDATED) count.undated += n
    else if (place !== OUTSIDE) count.byQuarter[place] = (count.byQuarter[place] ?? 0) + n
    counts.set(row.theme_id, count)
  }
  return counts
}

/** The place of a postmortem's quarter among those asked about. */
function quarterOf(quarters: readonly Quarter[]) {
  const inside = quarters.map(
    ({ from, to }, index) => sql`when ${datedAt} >= ${from} and ${datedAt} < ${to} then ${sql.lit(index)}`,
  )
  return sql<number>`case when ${datedAt} is null then ${sql.lit(UNDATED)} ${sql.join(inside, sql` `)} else ${sql.lit(OUTSIDE)} end`
}

export interface Carrier {
  id: string
  datedAt: string | null
  incidentId: string | null
}

/** All postmortems that carry a theme and that everybody may read, newest first, undated ones last. */
export function openCarriersOf(db: Db, themeId: string): Promise<Carrier[]> {
  return db
    .selectFrom('postmortems')
    .where(open)
    .where('postmortems.id', 'in', carriersOf(db, themeId))
    .select(['id', datedAt.as('datedAt'), 'incident_id as incidentId'])
    .orderBy(sql`coalesce(${datedAt}, '')`, 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Ids of all postmortems that carry a theme, whoever may read them. */
function carriersOf(db: Db, themeId: string) {
  return db
    .selectFrom('postmortem_themes')
    .select('postmortem_themes.postmortem_id')
    .where('postmortem_themes.theme_id', '=', themeId)
    .union(
      db
        .selectFrom('factor_themes')
        .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
        .select('factors.postmortem_id')
        .where('factor_themes.theme_id', '=', themeId),
    )
}

/** What a list shows of these postmortems. */
export async function titlesOf(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db.selectFrom('postmortems').where('id', 'in', ids).select(['id', 'slug', 'title', 'severity']).execute()
}

/** Which services these postmortems name: pairs, each once. */
export async function servicesNamedBy(
  db: Db,
  ids: readonly string[],
): Promise<{ postmortemId: string; serviceId: string }[]> {
  const found: { postmortemId: string; serviceId: string }[] = []
  for (const some of slicesOf(ids))
    found.push(
      ...(await db
        .selectFrom('postmortem_services')
        .where('postmortem_id', 'in', some)
        .select(['postmortem_id as postmortemId', 'service_id as serviceId'])
        .execute()),
    )
  return found
}

export interface OpenAction {
  id: string
  title: string
  state: string
  dueOn: string | null
  ownerId: string | null
  ownerText: string | null
  postmortemId: string | null
}

/** Open action items of these postmortems. */
export async function openActionsFrom(db: Db, ids: readonly string[]): Promise<OpenAction[]> {
  const found: OpenAction[] = []
  for (const some of slicesOf(ids))
    found.push(
      ...(await db
        .selectFrom('action_items')
        .where('postmortem_id', 'in', some)
        .where('state', 'in', ['open', 'in progress'])
        .select(['id', 'title', 'state', 'due_on as dueOn', 'owner_id as ownerId', 'owner_text as ownerText'])
        .select('postmortem_id as postmortemId')
        .execute()),
    )
  return found
}

/** What a merge would move of the things that everybody may read. */
export async function countMoves(db: Db, themeId: string): Promise<{ postmortems: number; factors: number }> {
  const count = (query: { executeTakeFirstOrThrow(): Promise<{ n: number }> }) =>
    query.executeTakeFirstOrThrow().then(row => Number(row.n))
  const postmortems = db
    .selectFrom('postmortem_themes')
    .innerJoin('postmortems', 'postmortems.id', 'postmortem_themes.postmortem_id')
    .where('postmortem_themes.theme_id', '=', themeId)
    .where(open)
    .select(({ fn }) => fn.countAll<number>().as('n'))
  const factors = db
    .selectFrom('factor_themes')
    .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
    .innerJoin('postmortems', 'postmortems.id', 'factors.postmortem_id')
    .where('factor_themes.theme_id', '=', themeId)
    .where(open)
    .select(({ fn }) => fn.countAll<number>().as('n'))
  return { postmortems: await count(postmortems), factors: await count(factors) }
}

/** All that carries a theme, also in drafts and restricted texts: for keeping the index right, never for showing. */
export async function everyCarrierOf(db: Db, themeId: string): Promise<string[]> {
  return (await carriersOf(db, themeId).execute()).map(row => row.postmortem_id)
}
