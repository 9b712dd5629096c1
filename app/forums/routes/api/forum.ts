import { changeForumOperation, getForumOperation } from '#app/forums/api.ts'
import { changeForumOf, forumResourceOf } from '#app/forums/resources.server.ts'
import { handle, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(getForumOperation, ({ db, actor, params: { id = '' } }) => forumResourceOf({ db, actor }, id)),
  handle(changeForumOperation, ({ db, clock, actor, params: { id = '' }, body }) =>
    changeForumOf({ db, clock, actor }, { id, change: body }),
  ),
)

export const loader = api.loader
export const action = api.action
