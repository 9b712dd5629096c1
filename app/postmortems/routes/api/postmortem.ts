import { handle, serve } from '#app/http/api.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { changePostmortemOperation, getPostmortemOperation } from '#app/postmortems/api.ts'
import { changePostmortem, readResource } from '#app/postmortems/resources.server.ts'

const api = serve(
  handle(getPostmortemOperation, ({ db, clock, actor, origin, url, params }) =>
    readResource({ db, clock, actor }, params.slug ?? '', originOf(origin, url)),
  ),
  handle(changePostmortemOperation, async ({ db, clock, actor, origin, url, params, body }) => {
    await changePostmortem({ db, clock, actor }, params.slug ?? '', body)
    return readResource({ db, clock, actor }, params.slug ?? '', originOf(origin, url))
  }),
)

export const loader = api.loader
export const action = api.action
