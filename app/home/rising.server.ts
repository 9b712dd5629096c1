/** The theme that came up most in the last three months, when it came up often enough to be worth saying. */
import type { Clock } from '#app/platform/clock.ts'
import { dayIn } from '#app/platform/clock.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import type { Db } from '#db/index.server.ts'

const DAYS = 90
const FEWEST = 3

export async function rising({
  db,
  clock,
}: {
  db: Db
  clock: Clock
}): Promise<{ slug: string; name: string; count: number; services: number } | null> {
  const from = dayIn('UTC', clock.now() - DAYS * 86_400_000)
  const query = { q: '', theme: null, severity: null, service: null, from, to: null, sort: 'newest' as const, page: 1 }
  const recent = await searchLibrary(db, query, 1)
  const top = recent.facets.theme[0]
  if (!top || top.count < FEWEST) return null
  const within = await searchLibrary(db, { ...query, theme: top.value }, 1)
  return { slug: top.value, name: top.label, count: top.count, services: within.facets.service.length }
}
