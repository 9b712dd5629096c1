import { openApiOperation } from '#app/home/api.ts'
import { openApiDocument } from '#app/home/openapi.ts'
import { handle, serve } from '#app/http/api.server.ts'
import { originOf } from '#app/http/origin.server.ts'

const api = serve(handle(openApiOperation, async ({ origin, url }) => openApiDocument(originOf(origin, url))))

export const loader = api.loader
export const action = api.action
