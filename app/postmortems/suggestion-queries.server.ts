import type { Db } from '#db/index.server.ts'

/** Closes a suggestion, so that it is not made again for this postmortem. */
export async function dismissSuggestion(db: Db, postmortemId: string, themeId: string, at: string): Promise<void> {
  await db
    .updateTable('theme_suggestions')
    .set({ dismissed_at: at })
    .where('postmortem_id', '=', postmortemId)
    .where('theme_id', '=', themeId)
    .execute()
}
