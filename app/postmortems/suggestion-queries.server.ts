import type { Insertable } from 'kysely'
import type { Db } from '#db/index.server.ts'
import type { PostmortemsTables } from '#db/tables/postmortems.ts'

/** Closes a suggestion, so that it is not made again for this postmortem. */
export async function dismissSuggestion(db: Db, postmortemId: string, themeId: string, at: string): Promise<void> {
  await db
    .updateTable('theme_suggestions')
    .set({ dismissed_at: at })
    .where('postmortem_id', '=', postmortemId)
    .where('theme_id', '=', themeId)
    .execute()
}

/** The themes that each of these carries. */
export async function themesOn(db: Db, postmortemIds: string[]): Promise<Map<string, Set<string>>> {
  const rows = await db
    .selectFrom('postmortem_themes')
    .selectAll()
    .where('postmortem_id', 'in', postmortemIds)
    .execute()
  const carried = new Map(postmortemIds.map(id => [id, new Set<string>()]))
  for (const row of rows) carried.get(row.postmortem_id)?.add(row.theme_id)
  return carried
}

/** A suggestion that is there already, or was dismissed, stays as it is. */
export async function insertSuggestions(
  db: Db,
  rows: Insertable<PostmortemsTables['theme_suggestions']>[],
): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('theme_suggestions')
    .values(rows)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Those that were dismissed stay, so that they are not made again. */
export async function clearOpenSuggestions(db: Db, postmortemIds: string[]): Promise<void> {
  if (postmortemIds.length === 0) return
  await db
    .deleteFrom('theme_suggestions')
    .where('postmortem_id', 'in', postmortemIds)
    .where('dismissed_at', 'is', null)
    .execute()
}

/** What is carried now is no longer a suggestion. */
export async function closeApplied(db: Db, applied: { postmortem_id: string; theme_id: string }[]): Promise<void> {
  const ids = [...new Set(applied.map(link => link.postmortem_id))]
  if (ids.length === 0) return
  const open = await db
    .selectFrom('theme_suggestions')
    .select(['postmortem_id', 'theme_id'])
    .where('postmortem_id', 'in', ids)
    .where('dismissed_at', 'is', null)
    .execute()
  const carried = new Set(applied.map(link => `${link.postmortem_id} ${link.theme_id}`))
  for (const { postmortem_id, theme_id } of open)
    if (carried.has(`${postmortem_id} ${theme_id}`))
      await db
        .deleteFrom('theme_suggestions')
        .where('postmortem_id', '=', postmortem_id)
        .where('theme_id', '=', theme_id)
        .execute()
}
