import { proposeItems } from '#app/forums/propose-items.server.ts'
import { listProposalsOperation } from '#app/forums/series-api.ts'
import { handle, offsetCursor, serve } from '#app/http/api.server.ts'

/** More than any forum can discuss. */
const MOST = 500

const api = serve(
  handle(listProposalsOperation, async ({ db, clock, actor, query: { cursor, limit } }) => {
    const offset = offsetCursor.read(cursor)
    const all = await proposeItems({ db, clock, actor }, MOST)
    const end = offset + limit
    return {
      items: all.slice(offset, end).map(({ key, at, ...rest }) => ({ incident: key, startedAt: at, ...rest })),
      total: all.length,
      nextCursor: end < all.length ? offsetCursor.write(end) : null,
    }
  }),
)

export const loader = api.loader
export const action = api.action
