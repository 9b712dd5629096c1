import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { createPostmortemOperation, listPostmortemsOperation } from '#app/postmortems/api.ts'
import { createPostmortem, listPostmortems, readResource } from '#app/postmortems/resources.server.ts'

const api = serve(
  handle(listPostmortemsOperation, async ({ db, clock, actor, origin, url, query: { cursor, limit, status } }) => {
    const offset = offsetCursor.read(cursor)
    const { items, total } = await listPostmortems(
      { db, clock, actor },
      status,
      { offset, limit },
      originOf(origin, url),
    )
    const end = offset + items.length
    return { items, total, nextCursor: items.length > 0 && end < total ? offsetCursor.write(end) : null }
  }),
  handle(createPostmortemOperation, async ({ db, clock, actor, origin, url, body }) => {
    const slug = await createPostmortem({ db, clock, actor }, body)
    return readResource({ db, clock, actor }, slug, originOf(origin, url))
  }),
)

export const loader = api.loader
export const action = api.action
