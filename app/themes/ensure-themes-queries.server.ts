import type { Insertable } from 'kysely'
import type { Db } from '#db/index.server.ts'
import type { ThemesTables } from '#db/tables/themes.ts'

export async function allThemes(db: Db) {
  const [themes, redirects] = await Promise.all([
    db.selectFrom('themes').select(['id', 'slug', 'name', 'synonyms', 'merged_into_id']).execute(),
    db.selectFrom('theme_redirects').selectAll().execute(),
  ])
  return { themes, redirects }
}

export async function insertTheme(db: Db, theme: Insertable<ThemesTables['themes']>): Promise<void> {
  await db.insertInto('themes').values(theme).execute()
}
