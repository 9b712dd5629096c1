import { giveCommandOperation } from '#app/forums/live-api.ts'
import { giveCommand } from '#app/forums/read-live.server.ts'
import { LiveConflict } from '#app/forums/run-command.server.ts'
import { problem } from '#app/http/answer.server.ts'
import { handle, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(giveCommandOperation, async ({ db, clock, log, actor, params: { id = '' }, body }) => {
    try {
      return await giveCommand({ db, clock, log, actor }, id, body)
    } catch (error) {
      if (!(error instanceof LiveConflict)) throw error
      const refusal = problem(error)
      const body = JSON.stringify({ ...(await refusal.json()), ...error.state })
      return new Response(body, { status: refusal.status, headers: refusal.headers })
    }
  }),
)

export const loader = api.loader
export const action = api.action
