import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { searchOperation } from '#app/postmortems/api.ts'
import { searchAnswer } from '#app/postmortems/resources.server.ts'
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
      const end = offset + found.hits.length
      const next = found.hits.length > 0 && end < found.total ? offsetCursor.write(end) : null
      return searchAnswer(found, originOf(origin, url), next)
    },
  ),
)

export const loader = api.loader
export const action = api.action
