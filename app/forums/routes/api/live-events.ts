import { followForumOperation } from '#app/forums/live-api.ts'
import { handle, serve } from '#app/http/api.server.ts'
import { notFound } from '#app/platform/errors.ts'

// The stream itself is answered before Remix, by live-stream.server.ts; other methods come here.
const api = serve(
  handle(followForumOperation, async () => {
    throw notFound('This forum')
  }),
)

export const loader = api.loader
export const action = api.action
