/** Merges as rows: what was moved, and whether it was moved back. */
import type { Insertable } from 'kysely'
import type { Db } from '#db/index.server.ts'
import type { ThemesTables } from '#db/tables/themes.ts'

export interface Merge {
  id: string
  fromId: string
  intoId: string
  /** JSON. */
  moved: string
  at: string
}

const columns = ['id', 'from_id as fromId', 'into_id as intoId', 'moved', 'at'] as const

export async function insertMerge(db: Db, merge: Insertable<ThemesTables['theme_merges']>): Promise<void> {
  await db.insertInto('theme_merges').values(merge).execute()
}

/** A merge that stands. */
export function findMerge(db: Db, id: string): Promise<Merge | undefined> {
  return db
    .selectFrom('theme_merges')
    .select(columns)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
}

/** Merges into a theme that stand, oldest first. */
export function mergesInto(db: Db, themeId: string): Promise<Merge[]> {
  return db
    .selectFrom('theme_merges')
    .select(columns)
    .where('into_id', '=', themeId)
    .where('undone_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** The same for a page: with names, without what was moved, newest first. */
export function mergeNotes(db: Db, themeId: string): Promise<{ id: string; name: string; at: string }[]> {
  return db
    .selectFrom('theme_merges')
    .innerJoin('themes', 'themes.id', 'theme_merges.from_id')
    .select(['theme_merges.id', 'themes.name', 'theme_merges.at'])
    .where('theme_merges.into_id', '=', themeId)
    .where('theme_merges.undone_at', 'is', null)
    .orderBy('theme_merges.at', 'desc')
    .orderBy('theme_merges.id', 'desc')
    .execute()
}

export async function updateMerge(db: Db, id: string, change: { moved?: string; undone_at?: string }): Promise<void> {
  await db.updateTable('theme_merges').set(change).where('id', '=', id).execute()
}
