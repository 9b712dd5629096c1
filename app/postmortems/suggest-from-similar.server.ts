/** Themes that the library's most similar postmortems carry, offered for new ones. A person decides. */
import { currentIndex } from '#app/search/document-cache.server.ts'
import { suggestFromSimilar } from '#app/search/related.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { loadTexts } from './index-postmortems.server.ts'
import { insertSuggestions, themesOn } from './suggestion-queries.server.ts'

/** With fewer there is nobody to resemble. */
const FEWEST_DOCUMENTS = 20
/** One that resembles it may do so by chance. */
const FEWEST_CARRIERS = 2
const MOST_THEMES = 3

/** Adds to what their own words suggested; what is carried already or was dismissed is left as it is. */
export async function suggestFromNeighbours(db: Db, postmortemIds: string[]): Promise<void> {
  if (postmortemIds.length === 0 || (await currentIndex(db)).count < FEWEST_DOCUMENTS) return
  const themes = new Map((await listThemes(db)).map(theme => [theme.slug, theme.id]))
  const carried = await themesOn(db, postmortemIds)
  const rows = []
  for (const [id, texts] of await loadTexts(db, postmortemIds)) {
    const similar = await suggestFromSimilar(db, texts, MOST_THEMES, { except: id })
    for (const { value, count } of similar) {
      const themeId = themes.get(value)
      if (count >= FEWEST_CARRIERS && themeId && !carried.get(id)?.has(themeId))
        rows.push({
          postmortem_id: id,
          theme_id: themeId,
          reason: `resembles ${count} that carry it`,
          dismissed_at: null,
        })
    }
  }
  await insertSuggestions(db, rows)
}
