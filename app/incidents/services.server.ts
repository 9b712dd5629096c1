/** The front door to services: find them, and make those that are not there yet. */
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, lockFor, type Tx } from '#db/index.server.ts'
import { slugOfName, tidyName } from './names.server.ts'
import * as queries from './service-queries.server.ts'

/** Held while something of this room is made, so that two imports do not make it twice. */
export const ROOM_LOCK = 'incidents'

export interface Service {
  id: string
  slug: string
  name: string
  teamId: string | null
}

export interface EnsuredService {
  id: string
  slug: string
  name: string
  /** Whether this call made it. */
  created: boolean
}

/**
 * Finds services by name, whatever the case and spacing, and makes the unknown ones.
 * @returns by each name as it was given; empty names are left out.
 */
export async function ensureServices(
  tx: Tx,
  { clock }: { clock: Clock },
  names: string[],
): Promise<Map<string, EnsuredService>> {
  const slugs = new Map<string, string>()
  const spelling = new Map<string, string>()
  for (const name of names) {
    if (slugs.has(name) || tidyName(name) === '') continue
    const slug = slugOfName(name)
    slugs.set(name, slug)
    if (!spelling.has(slug)) spelling.set(slug, tidyName(name))
  }
  const services = new Map<string, EnsuredService>()
  const look = async (wanted: string[]): Promise<string[]> => {
    for (const { id, slug, name } of await queries.servicesBySlugs(tx, wanted))
      services.set(slug, { id, slug, name, created: false })
    return wanted.filter(slug => !services.has(slug))
  }
  let missing = await look([...spelling.keys()])
  if (missing.length > 0) {
    // Another transaction may be making the same ones: wait for it, then look again.
    await lockFor(tx, ROOM_LOCK)
    missing = await look(missing)
    const made = missing.map(slug => ({ id: newId(), slug, name: spelling.get(slug)!, created: true }))
    const created_at = isoNow(clock)
    await queries.insertServices(
      tx,
      made.map(({ id, slug, name }) => ({ id, slug, name, team_id: null, created_at })),
    )
    for (const service of made) services.set(service.slug, service)
  }
  return new Map([...slugs].map(([name, slug]) => [name, services.get(slug)!]))
}

/** All services, by slug. */
export function listServices(db: Db): Promise<Service[]> {
  return queries.allServices(db)
}

export async function servicesByIds(db: Db, ids: string[]): Promise<Map<string, Service>> {
  const rows = await queries.serviceRowsByIds(db, [...new Set(ids)])
  return new Map(rows.map(row => [row.id, row]))
}

/** Services by name or slug, for those who may only name what exists. Unknown names are not in the answer. */
export async function findServices(db: Db, names: string[]): Promise<Map<string, Service>> {
  const slugs = new Map(names.map(name => [name, slugOfName(name)]))
  const rows = new Map((await queries.servicesBySlugs(db, [...new Set(slugs.values())])).map(row => [row.slug, row]))
  const found = new Map<string, Service>()
  for (const [name, slug] of slugs) {
    const row = rows.get(slug)
    if (row) found.set(name, row)
  }
  return found
}
