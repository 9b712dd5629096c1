/** Families: incidents judged to be the same failure coming back. */
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, lockFor, type Tx } from '#db/index.server.ts'
import { membersOfFamilies } from './incident-queries.server.ts'
import { slugOfName, tidyName } from './names.server.ts'
import { allFamilies, familiesBySlugs, insertFamilies } from './service-queries.server.ts'
import { ROOM_LOCK } from './services.server.ts'

export interface Family {
  id: string
  slug: string
  name: string
}

export interface FamilyMember {
  id: string
  key: string
  title: string
  startedAt: string | null
  resolvedAt: string | null
}

/**
 * Finds a family by name, whatever the case and spacing, or makes it. A renamed family is found by its name and by the
 * one that it had first, which its slug keeps.
 */
export async function ensureFamily(
  tx: Tx,
  { clock }: { clock: Clock },
  name: string,
): Promise<Family & { created: boolean }> {
  return (await ensureFamilies(tx, { clock }, [name])).get(name)!
}

/** @returns by each name as it was given. */
export async function ensureFamilies(
  tx: Tx,
  { clock }: { clock: Clock },
  names: string[],
): Promise<Map<string, Family & { created: boolean }>> {
  const slugs = new Map(names.map(name => [name, slugOfName(name)]))
  const wanted = [...new Set(slugs.values())]
  const families = new Map<string, Family & { created: boolean }>()
  const look = async () => {
    for (const row of await familiesBySlugs(tx, wanted)) families.set(row.slug, { ...row, created: false })
    if (wanted.some(slug => !families.has(slug)))
      for (const row of await allFamilies(tx)) {
        const slug = slugOfName(row.name)
        if (wanted.includes(slug) && !families.has(slug)) families.set(slug, { ...row, created: false })
      }
    return [...slugs].filter(([, slug]) => !families.has(slug))
  }
  if ((await look()).length > 0) {
    await lockFor(tx, ROOM_LOCK)
    for (const [name, slug] of await look())
      if (!families.has(slug)) families.set(slug, { id: newId(), slug, name: tidyName(name), created: true })
    const made = [...families.values()].filter(family => family.created)
    const created_at = isoNow(clock)
    await insertFamilies(
      tx,
      made.map(({ id, slug, name }) => ({ id, slug, name, created_at })),
    )
  }
  return new Map([...slugs].map(([name, slug]) => [name, families.get(slug)!]))
}

/** Families that are called so, or were first. */
export async function familiesByName(db: Db, name: string): Promise<Family[]> {
  const slug = slugOfName(name)
  return (await allFamilies(db)).filter(family => family.slug === slug || slugOfName(family.name) === slug)
}

export async function familyBySlug(db: Db, slug: string): Promise<Family | null> {
  return (await familiesBySlugs(db, [slug]))[0] ?? null
}

/** The incidents of each family, the earliest first. A family without incidents has an empty list. */
export async function familyMembers(db: Db, familyIds: string[]): Promise<Map<string, FamilyMember[]>> {
  const members = new Map<string, FamilyMember[]>(familyIds.map(id => [id, []]))
  for (const { familyId, ...member } of await membersOfFamilies(db, [...members.keys()]))
    members.get(familyId!)?.push(member)
  return members
}

/** The same by the families' slugs; unknown ones are not in the answer. Two queries. */
export async function familyMembersBySlug(db: Db, slugs: string[]): Promise<Map<string, FamilyMember[]>> {
  const families = await familiesBySlugs(db, slugs)
  const members = await familyMembers(
    db,
    families.map(family => family.id),
  )
  return new Map(families.map(family => [family.slug, members.get(family.id)!]))
}
