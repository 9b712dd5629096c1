import { fileLoader } from '#app/http/file.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { writeAtom } from '#app/platform/atom.ts'
import { isoNow } from '#app/platform/clock.ts'
import { libraryAddress, libraryQuery } from '#app/postmortems/library-query.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'

const ENTRIES = 30

/** Atom (RFC 4287) of a search's newest hits. Readers authenticate with a bearer token or the session. */
export const loader = fileLoader('read', async ({ db, url, origin, clock }) => {
  const query = { ...libraryQuery(url), sort: 'newest' as const, page: 1 }
  const [found, settings] = await Promise.all([searchLibrary(db, query, ENTRIES), readSettings(db)])
  const base = originOf(origin, url)
  const dateOf = (hit: { publishedAt: string | null; occurredAt: string | null }) =>
    hit.publishedAt ?? hit.occurredAt ?? new Date(0).toISOString()
  const body = writeAtom({
    page: base + libraryAddress(query),
    self: base + url.pathname + url.search,
    title: query.q
      ? `“${query.q.slice(0, 100)}” in the library of ${settings.organisationName}`
      : `The library of ${settings.organisationName}`,
    updated: found.hits.map(dateOf).sort().at(-1) ?? isoNow(clock),
    entries: found.hits.map(hit => ({
      url: `${base}/library/${hit.slug}`,
      title: hit.title,
      updated: dateOf(hit),
      summary: hit.snippet,
      categories: hit.themes.map(({ value, label }) => ({ term: value, label })),
    })),
  })
  return { body, type: 'application/atom+xml; charset=utf-8' }
})
