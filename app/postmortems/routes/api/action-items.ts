import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { createActionItemOperation, listActionItemsOperation } from '#app/postmortems/action-api.ts'
import { resourceOfAction } from '#app/postmortems/action-resources.server.ts'
import { createActionItem } from '#app/postmortems/create-action-item.server.ts'
import { findActionItem } from '#app/postmortems/find-action-item.server.ts'
import { listActionItems } from '#app/postmortems/list-action-items.server.ts'

const api = serve(
  handle(listActionItemsOperation, async ({ db, clock, actor, origin, url, query: { cursor, limit, ...filter } }) => {
    const offset = offsetCursor.read(cursor)
    const { items, total } = await listActionItems({ db, clock, actor }, filter, { offset, limit })
    const end = offset + items.length
    return {
      items: items.map(item => resourceOfAction(item, originOf(origin, url))),
      total,
      nextCursor: items.length > 0 && end < total ? offsetCursor.write(end) : null,
    }
  }),
  handle(createActionItemOperation, async ({ db, clock, actor, origin, url, body }) => {
    const id = await createActionItem({ db, clock, actor }, body)
    return resourceOfAction(await findActionItem({ db, actor }, id), originOf(origin, url))
  }),
)

export const loader = api.loader
export const action = api.action
