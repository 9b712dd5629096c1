/** Services and families as rows. */
import { slicesOf } from '#app/platform/slices.ts'
import type { Db, Tables } from '#db/index.server.ts'

export interface ServiceRow {
  id: string
  slug: string
  name: string
  teamId: string | null
  isExternal: number
}

export interface FamilyRow {
  id: string
  slug: string
  name: string
}

const serviceColumns = ['id', 'slug', 'name', 'team_id as teamId', 'is_external as isExternal'] as const

export async function servicesBySlugs(db: Db, slugs: string[]): Promise<ServiceRow[]> {
  const found: ServiceRow[] = []
  for (const slice of slicesOf(slugs))
    found.push(...(await db.selectFrom('services').where('slug', 'in', slice).select(serviceColumns).execute()))
  return found
}

export async function serviceRowsByIds(db: Db, ids: string[]): Promise<ServiceRow[]> {
  const found: ServiceRow[] = []
  for (const slice of slicesOf(ids))
    found.push(...(await db.selectFrom('services').where('id', 'in', slice).select(serviceColumns).execute()))
  return found
}

export function allServices(db: Db): Promise<ServiceRow[]> {
  return db.selectFrom('services').select(serviceColumns).orderBy('slug').execute()
}

export async function insertServices(db: Db, rows: Tables['services'][]): Promise<void> {
  for (const slice of slicesOf(rows)) await db.insertInto('services').values(slice).execute()
}

/** They are the organisation's own from now on. */
export async function ownServices(db: Db, ids: string[]): Promise<void> {
  if (ids.length > 0) await db.updateTable('services').set({ is_external: 0 }).where('id', 'in', ids).execute()
}

export async function updateService(
  db: Db,
  id: string,
  { name, teamId }: { name: string; teamId: string | null },
): Promise<void> {
  await db.updateTable('services').set({ name, team_id: teamId }).where('id', '=', id).execute()
}

export function familiesBySlugs(db: Db, slugs: string[]): Promise<FamilyRow[]> {
  if (slugs.length === 0) return Promise.resolve([])
  return db.selectFrom('families').where('slug', 'in', slugs).select(['id', 'slug', 'name']).execute()
}

export function allFamilies(db: Db): Promise<FamilyRow[]> {
  return db.selectFrom('families').select(['id', 'slug', 'name']).orderBy('slug').execute()
}

export async function renameFamilyRow(db: Db, id: string, name: string): Promise<void> {
  await db.updateTable('families').set({ name }).where('id', '=', id).execute()
}

export async function insertFamilies(db: Db, rows: Tables['families'][]): Promise<void> {
  if (rows.length > 0) await db.insertInto('families').values(rows).execute()
}
