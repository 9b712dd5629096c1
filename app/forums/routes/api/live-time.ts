import { getServerTimeOperation } from '#app/forums/live-api.ts'
import { liveHub } from '#app/forums/live-hub.server.ts'
import { handle, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(getServerTimeOperation, async ({ site }) => {
    const hub = liveHub(site)
    await hub.ready()
    return { serverTime: new Date(hub.clock.now()).toISOString() }
  }),
)

export const loader = api.loader
export const action = api.action
