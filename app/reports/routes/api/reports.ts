import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { listReportsOperation } from '#app/reports/api.ts'
import { listReports } from '#app/reports/list-reports.server.ts'

const api = serve(
  handle(listReportsOperation, async ({ db, actor, query: { cursor, limit } }) => {
    const offset = offsetCursor.read(cursor)
    const { items, total } = await listReports({ db, actor }, { offset, limit })
    const end = offset + items.length
    return { items, total, nextCursor: items.length > 0 && end < total ? offsetCursor.write(end) : null }
  }),
)

export const loader = api.loader
export const action = api.action
