import { createSeriesOperation, listSeriesOperation } from '#app/forums/series-api.ts'
import { createSeriesOf, seriesSummaries } from '#app/forums/series-resources.server.ts'
import { handle, offsetCursor, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(listSeriesOperation, async ({ db, actor, query: { cursor, limit } }) => {
    const offset = offsetCursor.read(cursor)
    const { items, total } = await seriesSummaries({ db, actor }, { offset, limit })
    const end = offset + items.length
    return { items, total, nextCursor: items.length > 0 && end < total ? offsetCursor.write(end) : null }
  }),
  handle(createSeriesOperation, ({ db, clock, actor, body }) => createSeriesOf({ db, clock, actor }, body)),
)

export const loader = api.loader
export const action = api.action
