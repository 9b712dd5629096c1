import { changeSeriesOperation, getSeriesOperation } from '#app/forums/series-api.ts'
import { changeSeriesOf, seriesResourceOf } from '#app/forums/series-resources.server.ts'
import { handle, serve } from '#app/http/api.server.ts'

const api = serve(
  handle(getSeriesOperation, ({ db, clock, actor, params: { id = '' } }) => seriesResourceOf({ db, clock, actor }, id)),
  handle(changeSeriesOperation, ({ db, clock, actor, params: { id = '' }, body }) =>
    changeSeriesOf({ db, clock, actor }, { id, change: body }),
  ),
)

export const loader = api.loader
export const action = api.action
