import { getLiveStateOperation } from '#app/forums/live-api.ts'
import { readCapture, readLiveState } from '#app/forums/read-live.server.ts'
import { handle, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(getLiveStateOperation, async ({ db, clock, log, actor, params: { id = '' }, query }) => {
    const state = await readLiveState({ db, clock, log, actor }, id)
    const capture = query.after === state.revision ? null : await readCapture({ db, clock, log, actor }, id)
    return { ...state, capture }
  }),
)

export const loader = api.loader
export const action = api.action
