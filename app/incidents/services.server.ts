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
 * Finds services by name, whatever the case and spacing, and makes the unknown ones. A renamed service is found by
 * its name and by the one that it had first, which its slug keeps.
 * @param options.external whether the names are of systems of somebody else, as public incidents name them. A system
 * that one's own postmortems or incidents name is one's own from then on.
 * @returns by each name as it was given; empty names are left out.
 */
export async function ensureServices(
  tx: Tx,
  { clock, external = false }: { clock: Clock; external?: boolean },
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
  const known = await findBySlugs(tx, [...spelling.keys()])
  if (!external)
    await queries.ownServices(
      tx,
      [...known.values()].filter(one => one.isExternal).map(one => one.id),
    )
  const services: Map<string, EnsuredService> = known
  if (services.size < spelling.size) {
    // Another transaction may be making the same ones: wait for it, then look again.
    await lockFor(tx, ROOM_LOCK)
    for (const [slug, service] of await findBySlugs(tx, missingIn(spelling, services))) services.set(slug, service)
    const made = missingIn(spelling, services).map(slug => ({
      id: newId(),
      slug,
      name: spelling.get(slug)!,
      created: true,
    }))
    const created_at = isoNow(clock)
    await queries.insertServices(
      tx,
      made.map(({ id, slug, name }) => ({ id, slug, name, team_id: null, is_external: Number(external), created_at })),
    )
    for (const service of made) services.set(service.slug, service)
  }
  return new Map([...slugs].map(([name, slug]) => [name, services.get(slug)!]))
}

function missingIn(wanted: Map<string, unknown>, found: Map<string, unknown>): string[] {
  return [...wanted.keys()].filter(slug => !found.has(slug))
}

/** By the slug that was asked for, which is the service's own or that of the name it has now. */
async function findBySlugs(
  db: Db,
  slugs: string[],
): Promise<Map<string, EnsuredService & Service & { isExternal: number }>> {
  const found = new Map((await queries.servicesBySlugs(db, slugs)).map(row => [row.slug, { ...row, created: false }]))
  if (found.size === slugs.length) return found
  const renamed = new Map(
    (await queries.allServices(db)).map(row => [slugOfName(row.name), { ...row, created: false }]),
  )
  for (const slug of slugs) if (!found.has(slug) && renamed.has(slug)) found.set(slug, renamed.get(slug)!)
  return found
}

/** The organisation's own services, by slug. */
export async function listServices(db: Db): Promise<Service[]> {
  return (await queries.allServices(db)).filter(service => !service.isExternal)
}

export async function servicesByIds(db: Db, ids: string[]): Promise<Map<string, Service>> {
  const rows = await queries.serviceRowsByIds(db, [...new Set(ids)])
  return new Map(rows.map(row => [row.id, row]))
}

/** Services by name or slug, for those who may only name what exists. Unknown names are not in the answer. */
export async function findServices(db: Db, names: string[]): Promise<Map<string, Service>> {
  const found = await findBySlugs(db, [...new Set(names.map(slugOfName))])
  return new Map(
    names.flatMap(name => {
      const one = found.get(slugOfName(name))
      return one ? [[name, one] as const] : []
    }),
  )
}
