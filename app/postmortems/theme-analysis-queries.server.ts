/** What the organisation published in a span of time, with what the analysis of themes counts. */

import { sql } from 'kysely'
import { slicesOf } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'

/** The day of publication, else of the incident. */
const datedAt = sql<string>`coalesce(postmortems.published_at, postmortems.started_at)`

/** Open to everybody, the organisation's own, dated from `from` up to but not including `to`; the latest first. */
export function publishedBetween(db: Db, from: string, to: string) {
  return db
    .selectFrom('postmortems')
    .where('status', '=', 'published')
    .where('archived_at', 'is', null)
    .where('is_restricted', '=', 0)
    .where('is_public', '=', 0)
    .where(datedAt, '>=', from)
    .where(datedAt, '<', to)
    .select(['id', 'slug', 'title', 'severity', 'incident_id as incidentId', datedAt.as('datedAt')])
    .orderBy(datedAt, 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Themes that these carry themselves or through a factor: pairs, perhaps more than once; with the factor's text. */
export async function themesCarried(db: Db, ids: readonly string[]) {
  const found: { postmortemId: string; themeId: string; factor: string | null }[] = []
  for (const some of slicesOf(ids)) {
    found.push(
      ...(await db
        .selectFrom('factor_themes')
        .innerJoin('factors', 'factors.id', 'factor_themes.factor_id')
        .where('factors.postmortem_id', 'in', some)
        .select([
          'factors.postmortem_id as postmortemId',
          'factor_themes.theme_id as themeId',
          'factors.text as factor',
        ])
        .orderBy('factors.position')
        .execute()),
    )
    const own = await db
      .selectFrom('postmortem_themes')
      .where('postmortem_id', 'in', some)
      .select(['postmortem_id as postmortemId', 'theme_id as themeId'])
      .execute()
    found.push(...own.map(row => ({ ...row, factor: null })))
  }
  return found
}

/** How many action items of these are in which state. */
export async function actionStates(db: Db, ids: readonly string[]) {
  const found: { postmortemId: string; state: string; count: number }[] = []
  for (const some of slicesOf(ids)) {
    const rows = await db
      .selectFrom('action_items')
      .where('postmortem_id', 'in', some)
      .groupBy(['postmortem_id', 'state'])
      .select(({ fn }) => ['postmortem_id as postmortemId', 'state', fn.countAll<number>().as('count')])
      .execute()
    found.push(
      ...rows.map(({ postmortemId, state, count }) => ({ postmortemId: postmortemId!, state, count: Number(count) })),
    )
  }
  return found
}
