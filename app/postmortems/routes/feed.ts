import { Feed } from 'feed'
import { fileLoader } from '#app/http/file.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { libraryAddress, libraryQuery, searchLibrary } from '#app/postmortems/search-library.server.ts'

const ENTRIES = 30

/** Atom (RFC 4287) of a search's newest hits. Readers authenticate with a bearer token or the session. */
export const loader = fileLoader('read', async ({ db, url, origin, clock }) => {
  const query = { ...libraryQuery(url), sort: 'newest' as const, page: 1 }
  const [found, settings] = await Promise.all([searchLibrary(db, query, ENTRIES), readSettings(db)])
  const base = originOf(origin, url)
  const page = base + libraryAddress(query)
  const newest = found.hits[0]?.publishedAt
  const feed = new Feed({
    id: page,
    title: query.q
      ? `“${query.q.slice(0, 100)}” in the library of ${settings.organisationName}`
      : `The library of ${settings.organisationName}`,
    link: page,
    feedLinks: { atom: base + url.pathname + url.search },
    updated: new Date(newest ?? clock.now()),
    copyright: '',
    generator: 'Candor',
  })
  for (const hit of found.hits)
    feed.addItem({
      id: `${base}/library/${hit.slug}`,
      title: hit.title,
      link: `${base}/library/${hit.slug}`,
      date: new Date(hit.publishedAt ?? hit.occurredAt ?? 0),
      description: hit.snippet,
      category: hit.themes.map(theme => ({ name: theme.label })),
    })
  return { body: feed.atom1(), type: 'application/atom+xml; charset=utf-8' }
})
