import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { findNearMisses } from '#app/incidents/near-misses.server.ts'
import { listNearMissesOperation, reportNearMissOperation } from '#app/incidents/record-api.ts'
import { reportNearMiss } from '#app/incidents/report-near-miss.server.ts'
import { dayIn } from '#app/platform/clock.ts'

const api = serve(
  handle(listNearMissesOperation, async ({ db, query: { cursor, limit, q = '' } }) => {
    const offset = offsetCursor.read(cursor)
    const { items, total } = await findNearMisses(db, q, { offset, limit })
    const end = offset + items.length
    return {
      items: items.map(({ id: _id, reporterId: _reporterId, ...nearMiss }) => nearMiss),
      total,
      nextCursor: items.length > 0 && end < total ? offsetCursor.write(end) : null,
    }
  }),
  handle(reportNearMissOperation, async ({ db, clock, actor, body: { service, ...told } }) => {
    await reportNearMiss({ db, clock, actor }, { ...told, service: service ?? '' })
    return { reportedOn: dayIn('UTC', clock.now()) }
  }),
)

export const loader = api.loader
export const action = api.action
