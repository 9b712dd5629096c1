import { handle, serve } from '#app/http/api.server.ts'
import { definitionsOperation } from '#app/reports/api.ts'
import { DEFINITIONS } from '#app/reports/definitions.ts'

const api = serve(
  handle(definitionsOperation, async () => ({
    definitions: DEFINITIONS.map(definition => ({ ...definition, history: [...definition.history] })),
  })),
)

export const loader = api.loader
export const action = api.action
