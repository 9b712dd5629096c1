/** All that the themes room asks of its tables. */
import type { Insertable, Updateable } from 'kysely'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import type { ThemesTables } from '#db/tables/themes.ts'
import type { Theme } from './theme.ts'

/** A theme as stored, merged ones included. */
export interface StoredTheme extends Theme {
  mergedIntoId: string | null
}

const columns = ['id', 'slug', 'name', 'definition', 'parent_id', 'synonyms', 'merged_into_id'] as const
const byName = new Intl.Collator('en-GB').compare

/** The live themes, ordered by name. */
export async function listThemes(db: Db): Promise<Theme[]> {
  const themes = await storedThemes(db)
  return themes
    .filter(theme => theme.mergedIntoId === null)
    .map(asTheme)
    .sort((one, other) => byName(one.name, other.name))
}

/**
 * Live themes by the slugs asked for; a former slug leads to the theme it became.
 * @returns by slug as it was asked for; unknown slugs are not in the answer.
 */
export async function themesBySlug(db: Db, slugs: readonly string[]): Promise<Map<string, Theme>> {
  const found = new Map<string, Theme>()
  const wanted = [...new Set(slugs)].filter(isSlug)
  if (wanted.length === 0) return found
  const [themes, redirects] = await Promise.all([
    storedThemes(db),
    db.selectFrom('theme_redirects').selectAll().execute(),
  ])
  const bySlug = new Map(themes.map(theme => [theme.slug, theme.id]))
  for (const redirect of redirects) if (!bySlug.has(redirect.slug)) bySlug.set(redirect.slug, redirect.theme_id)
  const byId = new Map(themes.map(theme => [theme.id, theme]))
  for (const slug of wanted) {
    const theme = survivorOf(bySlug.get(slug), byId)
    if (theme) found.set(slug, asTheme(theme))
  }
  return found
}

/**
 * A live theme, or the slug under which it lives now.
 * @throws AppError not-found.
 */
export async function findTheme(db: Db, slug: string): Promise<{ theme: Theme } | { redirectTo: string }> {
  const theme = (await themesBySlug(db, [slug])).get(slug)
  if (!theme) throw notFound('This theme')
  return theme.slug === slug ? { theme } : { redirectTo: theme.slug }
}

/** All themes, the merged ones too. */
export async function storedThemes(db: Db): Promise<StoredTheme[]> {
  const rows = await db.selectFrom('themes').select(columns).orderBy('id').execute()
  return rows.map(row => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    definition: row.definition,
    parentId: row.parent_id,
    synonyms: JSON.parse(row.synonyms) as string[],
    mergedIntoId: row.merged_into_id,
  }))
}

/** Follows merges to the theme that is alive. */
export function survivorOf(id: string | undefined, byId: ReadonlyMap<string, StoredTheme>): StoredTheme | null {
  // Merges cannot form a circle, for only live themes are merged; the count is for a database edited by hand.
  for (let at = id, steps = 0; at !== undefined && steps < 100; steps++) {
    const theme = byId.get(at)
    if (!theme) return null
    if (theme.mergedIntoId === null) return theme
    at = theme.mergedIntoId
  }
  return null
}

function asTheme({ id, slug, name, definition, parentId, synonyms }: StoredTheme): Theme {
  return { id, slug, name, definition, parentId, synonyms }
}

/** Anything else cannot be a slug of ours and is not shown to the database (PostgreSQL refuses U+0000). */
function isSlug(slug: string): boolean {
  return /^[a-z0-9-]{1,100}$/.test(slug)
}

export async function countThemes(db: Db): Promise<number> {
  const row = await db.selectFrom('themes').select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function insertThemes(db: Db, rows: Insertable<ThemesTables['themes']>[]): Promise<void> {
  await db.insertInto('themes').values(rows).execute()
}

export async function updateTheme(db: Db, id: string, change: Updateable<ThemesTables['themes']>): Promise<void> {
  await db.updateTable('themes').set(change).where('id', '=', id).execute()
}

/** Slugs that lead somewhere already, by the id of the theme they lead to. */
export async function redirects(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('theme_redirects').selectAll().execute()
  return new Map(rows.map(row => [row.slug, row.theme_id]))
}

export async function insertRedirect(db: Db, slug: string, themeId: string): Promise<void> {
  await db.insertInto('theme_redirects').values({ slug, theme_id: themeId }).execute()
}

export async function deleteRedirect(db: Db, slug: string): Promise<void> {
  await db.deleteFrom('theme_redirects').where('slug', '=', slug).execute()
}
