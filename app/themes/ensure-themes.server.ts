import type { Clock } from '#app/platform/clock.ts'
import { isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { slugify } from '#app/platform/slug.ts'
import { lockFor, type Tx } from '#db/index.server.ts'
import { allThemes, insertTheme } from './ensure-themes-queries.server.ts'

export interface EnsuredTheme {
  id: string
  slug: string
  name: string
  created: boolean
}

/**
 * Themes by slug, name or synonym; a former slug leads to the theme it became. What nobody knows is created with
 * a definition that asks to be written. Many at a time: two queries when all are known.
 */
export async function ensureThemes(
  tx: Tx,
  { clock }: { clock: Clock },
  wanted: string[],
): Promise<Map<string, EnsuredTheme>> {
  const result = new Map<string, EnsuredTheme>()
  if (wanted.length === 0) return result
  const index = await themeIndex(tx)
  const missing = [...new Set(wanted)].filter(word => !index.has(slugify(word)))
  if (missing.length) await lockFor(tx, 'themes')
  for (const word of missing) {
    const slug = slugify(word)
    if (index.has(slug)) continue
    const name = word.trim().slice(0, 80)
    const theme = { id: newId(), slug, name: name.charAt(0).toUpperCase() + name.slice(1) }
    const now = isoNow(clock)
    await insertTheme(tx, {
      ...theme,
      definition: 'Came in with an import; nobody has defined it yet.',
      parent_id: null,
      synonyms: '[]',
      created_at: now,
      updated_at: now,
      merged_into_id: null,
    })
    index.set(slug, { ...theme, created: true })
  }
  for (const word of wanted) {
    const theme = index.get(slugify(word))
    if (theme) result.set(word, theme)
  }
  return result
}

/** Every way of naming a live theme, folded, to the theme. */
async function themeIndex(tx: Tx): Promise<Map<string, EnsuredTheme>> {
  const { themes, redirects } = await allThemes(tx)
  const byId = new Map(themes.map(theme => [theme.id, theme]))
  const alive = (id: string | null): EnsuredTheme | null => {
    for (let at = id, steps = 0; at && steps < 20; steps++) {
      const theme = byId.get(at)
      if (!theme) return null
      if (!theme.merged_into_id) return { id: theme.id, slug: theme.slug, name: theme.name, created: false }
      at = theme.merged_into_id
    }
    return null
  }
  const index = new Map<string, EnsuredTheme>()
  const add = (word: string, theme: EnsuredTheme | null) => {
    const key = slugify(word)
    if (theme && !index.has(key)) index.set(key, theme)
  }
  for (const theme of themes) add(theme.slug, alive(theme.id))
  for (const theme of themes) add(theme.name, alive(theme.id))
  for (const redirect of redirects) add(redirect.slug, alive(redirect.theme_id))
  for (const theme of themes)
    for (const synonym of JSON.parse(theme.synonyms) as string[]) add(synonym, alive(theme.id))
  return index
}
