import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { readRecords, visibleRow } from './read-postmortem.server.ts'
import { lockRoom, saveRecords } from './save-records.server.ts'
import { dismissSuggestion } from './suggestion-queries.server.ts'

/**
 * Makes a suggested theme an applied one, or dismisses it for good. Suggestions are never applied by themselves.
 * @throws AppError not-found for those who are not editors, and for what they may not see.
 */
export async function decideSuggestion(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, theme: themeSlug, apply }: { slug: string; theme: string; apply: boolean },
): Promise<void> {
  demand(actor, 'edit the library')
  await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    const theme = (await listThemes(tx)).find(one => one.slug === themeSlug)
    if (!theme) throw notFound('This theme')
    await dismissSuggestion(tx, row.id, theme.id, isoNow(clock))
    if (!apply) return
    const record = (await readRecords(tx, [row])).records.get(row.id)
    if (!record || record.themes.includes(theme.slug)) return
    const changed = { ...record, themes: [...record.themes, theme.slug] }
    await saveRecords(tx, { clock, actor }, [{ id: row.id, record: changed, note: `Theme “${theme.name}” added` }])
  })
}
