import { createForumOperation, listForumsOperation } from '#app/forums/api.ts'
import { listForums } from '#app/forums/list-forums.server.ts'
import { createForumOf, summaryOf } from '#app/forums/resources.server.ts'
import { handle, offsetCursor, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(listForumsOperation, async ({ db, actor, query: { cursor, limit, state } }) => {
    const offset = offsetCursor.read(cursor)
    const { items, total } = await listForums({ db, actor }, state ?? null, { offset, limit })
    const end = offset + items.length
    return {
      items: items.map(summaryOf),
      total,
      nextCursor: items.length > 0 && end < total ? offsetCursor.write(end) : null,
    }
  }),
  handle(createForumOperation, ({ db, clock, actor, body }) => createForumOf({ db, clock, actor }, body)),
)

export const loader = api.loader
export const action = api.action
