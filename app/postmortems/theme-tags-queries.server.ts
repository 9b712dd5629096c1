/** Moving themes from one tag to another, on postmortems, on factors and in suggestions. */
import { slicesOf } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'

/** The tables in which a theme is carried, with what carries it. */
export const TAG_TABLES = { postmortem_themes: 'postmortem_id', factor_themes: 'factor_id' } as const
export type TagTable = keyof typeof TAG_TABLES

/** The two tables are alike but for a column's name, which the types of Kysely cannot say. */
function tags(table: TagTable) {
  return { table: table as 'postmortem_themes', holder: TAG_TABLES[table] as 'postmortem_id' }
}

/** Ids of what carries a theme, in one of the tables. */
export async function holdersOf(db: Db, in_: TagTable, themeId: string): Promise<string[]> {
  const { table, holder } = tags(in_)
  const rows = await db
    .selectFrom(table)
    .select(`${holder} as id`)
    .where('theme_id', '=', themeId)
    .orderBy(holder)
    .execute()
  return rows.map(row => row.id)
}

/** Puts a theme on what still exists of these and does not carry it yet. */
export async function addTags(db: Db, in_: TagTable, themeId: string, ids: readonly string[]): Promise<void> {
  const { table, holder } = tags(in_)
  const owner = (in_ === 'postmortem_themes' ? 'postmortems' : 'factors') as 'postmortems'
  for (const some of slicesOf(ids)) {
    const existing = await db.selectFrom(owner).select('id').where('id', 'in', some).execute()
    if (existing.length === 0) continue
    const rows = existing.map(
      ({ id }) => ({ [holder]: id, theme_id: themeId }) as { postmortem_id: string; theme_id: string },
    )
    await db
      .insertInto(table)
      .values(rows)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

/** Takes a theme off these. */
export async function removeTags(db: Db, in_: TagTable, themeId: string, ids: readonly string[]): Promise<void> {
  const { table, holder } = tags(in_)
  for (const some of slicesOf(ids))
    await db.deleteFrom(table).where('theme_id', '=', themeId).where(holder, 'in', some).execute()
}

export interface SuggestionRow {
  postmortemId: string
  reason: string
  dismissedAt: string | null
}

export function suggestionsOf(db: Db, themeId: string): Promise<SuggestionRow[]> {
  return db
    .selectFrom('theme_suggestions')
    .select(['postmortem_id as postmortemId', 'reason', 'dismissed_at as dismissedAt'])
    .where('theme_id', '=', themeId)
    .orderBy('postmortem_id')
    .execute()
}

/** Puts suggestions of a theme on postmortems that still exist and have none of it. */
export async function addSuggestions(db: Db, themeId: string, suggestions: readonly SuggestionRow[]): Promise<void> {
  for (const some of slicesOf(suggestions)) {
    const ids = some.map(one => one.postmortemId)
    const existing = new Set(
      (await db.selectFrom('postmortems').select('id').where('id', 'in', ids).execute()).map(row => row.id),
    )
    const rows = some
      .filter(one => existing.has(one.postmortemId))
      .map(one => ({
        postmortem_id: one.postmortemId,
        theme_id: themeId,
        reason: one.reason,
        dismissed_at: one.dismissedAt,
      }))
    if (rows.length)
      await db
        .insertInto('theme_suggestions')
        .values(rows)
        .onConflict(conflict => conflict.doNothing())
        .execute()
  }
}

export async function removeSuggestions(db: Db, themeId: string, postmortemIds: readonly string[]): Promise<void> {
  for (const some of slicesOf(postmortemIds))
    await db
      .deleteFrom('theme_suggestions')
      .where('theme_id', '=', themeId)
      .where('postmortem_id', 'in', some)
      .execute()
}

/** The postmortems that these factors belong to. */
export async function postmortemsOfFactors(db: Db, factorIds: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const some of slicesOf(factorIds))
    for (const row of await db.selectFrom('factors').select('postmortem_id').where('id', 'in', some).execute())
      found.add(row.postmortem_id)
  return [...found]
}
