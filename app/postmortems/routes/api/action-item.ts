import { handle, serve } from '#app/http/api.server.ts'
import { originOf } from '#app/http/origin.server.ts'
import { changeActionItemOperation, getActionItemOperation } from '#app/postmortems/action-api.ts'
import { resourceOfAction } from '#app/postmortems/action-resources.server.ts'
import { changeActionItem } from '#app/postmortems/change-action-item.server.ts'
import { findActionItem } from '#app/postmortems/find-action-item.server.ts'

const api = serve(
  handle(getActionItemOperation, async ({ db, actor, origin, url, params: { id = '' } }) =>
    resourceOfAction(await findActionItem({ db, actor }, id), originOf(origin, url)),
  ),
  handle(changeActionItemOperation, async ({ db, clock, actor, origin, url, params: { id = '' }, body }) => {
    await changeActionItem({ db, clock, actor }, { id, change: body })
    return resourceOfAction(await findActionItem({ db, actor }, id), originOf(origin, url))
  }),
)

export const loader = api.loader
export const action = api.action
