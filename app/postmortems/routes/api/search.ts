import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { searchOperation } from '#app/postmortems/api.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'

const api = serve(
  handle(
    searchOperation,
    async ({ db, origin, url, query: { cursor, limit, q, sort, theme, severity, service, from, to } }) => {
      const offset = offsetCursor.read(cursor)
      const query = {
        q,
        sort,
        theme: theme ?? null,
        severity: severity ?? null,
        service: service ?? null,
        from: from ?? null,
        to: to ?? null,
        page: 1,
      }
      const found = await searchLibrary(db, query, limit, offset)
      const base = originOf(origin, url)
      const named = (list: { value: string; label: string }[]) =>
        list.map(({ value, label }) => ({ slug: value, name: label }))
      const end = offset + found.hits.length
      return {
        total: found.total,
        items: found.hits.map(hit => ({
          slug: hit.slug,
          key: hit.key,
          externalId: hit.externalId,
          title: hit.title,
          url: `${base}/library/${hit.slug}`,
          severity: hit.severity,
          services: named(hit.services),
          themes: named(hit.themes),
          publishedAt: hit.publishedAt,
          snippet: hit.snippet,
        })),
        facets: found.facets,
        didYouMean: found.didYouMean,
        notices: found.notices,
        nextCursor: found.hits.length > 0 && end < found.total ? offsetCursor.write(end) : null,
      }
    },
  ),
)

export const loader = api.loader
export const action = api.action
