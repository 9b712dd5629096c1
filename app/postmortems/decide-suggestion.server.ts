import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { readHanging } from './postmortem-queries.server.ts'
import { readRecords, visibleRow } from './read-postmortem.server.ts'
import { saveRecords } from './save-records.server.ts'
import { dismissSuggestion } from './suggestion-queries.server.ts'

/** Makes a suggested theme an applied one, or dismisses it for good. Suggestions are never applied by themselves. */
export async function decideSuggestion(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, theme: themeSlug, apply }: { slug: string; theme: string; apply: boolean },
): Promise<void> {
  await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    const theme = (await listThemes(tx)).find(one => one.slug === themeSlug)
    if (!theme) throw notFound('This theme')
    await dismissSuggestion(tx, row.id, theme.id, isoNow(clock))
    if (!apply) return
    const record = (await readRecords(tx, [row])).records.get(row.id)
    if (!record || record.themes.includes(theme.slug)) return
    const changed = { ...record, themes: [...record.themes, theme.slug] }
    await saveRecords(tx, { clock, actor }, [
      {
        id: row.id,
        record: changed,
        note: `Theme “${theme.name}” added`,
        suggestions: await openSuggestions(tx, row.id, theme.id),
      },
    ])
  })
}

/** Saving writes open suggestions anew; these are the ones still open. */
async function openSuggestions(db: Db, postmortemId: string, except: string) {
  const { suggestions } = await readHanging(db, [postmortemId])
  return suggestions.filter(one => one.theme_id !== except).map(one => ({ themeId: one.theme_id, reason: one.reason }))
}
