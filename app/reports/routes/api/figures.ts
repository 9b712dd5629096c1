import { handle, serve } from '#app/http/api.server.ts'
import { figuresOperation } from '#app/reports/api.ts'
import { readFigures } from '#app/reports/figures.server.ts'

const api = serve(handle(figuresOperation, ({ db, clock, actor, query }) => readFigures({ db, clock, actor }, query)))

export const loader = api.loader
export const action = api.action
