import { getServerTimeOperation } from '#app/forums/live-api.ts'
import { liveHub } from '#app/forums/live-hub.server.ts'
import { handle, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(getServerTimeOperation, async ({ site }) => ({
    serverTime: new Date(liveHub(site).clock.now()).toISOString(),
  })),
)

export const loader = api.loader
export const action = api.action
