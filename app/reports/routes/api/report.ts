import { handle, serve } from '#app/http/api.server.ts'
import { getReportOperation } from '#app/reports/api.ts'
import { readEdition } from '#app/reports/view-report.server.ts'

const api = serve(
  handle(getReportOperation, ({ db, actor, params, query }) =>
    readEdition({ db, actor }, params.period ?? '', query.edition ?? null),
  ),
)

export const loader = api.loader
export const action = api.action
