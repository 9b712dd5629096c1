import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { lockFor, type Tx } from '#db/index.server.ts'
import { RESERVED_SLUGS, THEME_LIMITS } from './theme.ts'
import { insertThemes, redirects, type StoredTheme, storedThemes, survivorOf } from './theme-queries.server.ts'

export interface EnsuredTheme {
  id: string
  slug: string
  name: string
  /** Whether this call made it. */
  created: boolean
}

/**
 * Themes by slug, name or synonym, whatever the case and punctuation; a former slug leads to the theme it became.
 * What nobody knows is created, with a definition that asks to be written. Two queries when all are known.
 * @returns by each word as it was given; words without any text are left out.
 */
export async function ensureThemes(
  tx: Tx,
  { clock }: { clock: Clock },
  wanted: string[],
): Promise<Map<string, EnsuredTheme>> {
  const names = new Map(wanted.map(word => [word, nameFrom(word)] as const).filter(([, name]) => name !== ''))
  const result = new Map<string, EnsuredTheme>()
  if (names.size === 0) return result
  let { index, taken } = await everyWord(tx)
  if ([...names.values()].some(name => !index.has(keyOf(name)))) {
    // Another transaction may be making the same ones: wait for it, then look again.
    await lockFor(tx, 'themes')
    ;({ index, taken } = await everyWord(tx))
    const made = []
    for (const name of names.values()) {
      if (index.has(keyOf(name))) continue
      const theme = { id: newId(), slug: firstFree(slugify(name), taken), name: upperFirst(name) }
      taken.add(theme.slug)
      index.set(keyOf(name), { ...theme, created: true })
      made.push(rowOf(theme, isoNow(clock)))
    }
    if (made.length) await insertThemes(tx, made)
  }
  for (const [word, name] of names) {
    const theme = index.get(keyOf(name))
    if (theme) result.set(word, theme)
  }
  return result
}

/** Every way of naming a live theme, folded, to the theme; and the slugs that are not free. */
async function everyWord(tx: Tx): Promise<{ index: Map<string, EnsuredTheme>; taken: Set<string> }> {
  const [themes, former] = await Promise.all([storedThemes(tx), redirects(tx)])
  const byId = new Map(themes.map(theme => [theme.id, theme]))
  const index = new Map<string, EnsuredTheme>()
  const add = (word: string, theme: StoredTheme | null) => {
    const key = keyOf(word)
    if (theme && !index.has(key)) index.set(key, { id: theme.id, slug: theme.slug, name: theme.name, created: false })
  }
  const alive = (id: string) => survivorOf(id, byId)
  for (const theme of themes) add(theme.slug, alive(theme.id))
  for (const theme of themes) add(theme.name, alive(theme.id))
  for (const [slug, themeId] of former) add(slug, alive(themeId))
  for (const theme of themes) for (const synonym of theme.synonyms) add(synonym, alive(theme.id))
  return { index, taken: new Set([...RESERVED_SLUGS, ...themes.map(theme => theme.slug), ...former.keys()]) }
}

/** A word as a name: on one line, without what cannot be shown, not too long. */
function nameFrom(word: string): string {
  const line = word
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|\p{Surrogate}/gu, '')
    .trim()
  return [...line].slice(0, THEME_LIMITS.name).join('').trim()
}

/** What two spellings of one theme have in common. Letters of all alphabets count; signs only when there is no letter. */
function keyOf(word: string): string {
  const folded = word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? [folded.trim()]).join('-')
}

function upperFirst(name: string): string {
  const [first = '', ...rest] = [...name]
  return first.toUpperCase() + rest.join('')
}

function rowOf(theme: { id: string; slug: string; name: string }, now: string) {
  return {
    ...theme,
    definition: 'Came in with an import; nobody has defined it yet.',
    parent_id: null,
    synonyms: '[]',
    created_at: now,
    updated_at: now,
    merged_into_id: null,
  }
}
