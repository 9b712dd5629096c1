import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { createServiceOperation, listServicesOperation } from '#app/incidents/api.ts'
import { resourcesOfServices, teamIdOf } from '#app/incidents/resources.server.ts'
import { saveService } from '#app/incidents/save-service.server.ts'
import { listServices } from '#app/incidents/services.server.ts'

const api = serve(
  handle(listServicesOperation, async ({ db, query }) => {
    const offset = offsetCursor.read(query.cursor)
    const services = await listServices(db)
    const end = offset + query.limit
    return {
      items: await resourcesOfServices(db, services.slice(offset, end)),
      total: services.length,
      nextCursor: end < services.length ? offsetCursor.write(end) : null,
    }
  }),
  handle(createServiceOperation, async ({ db, clock, actor, body }) => {
    const teamId = await teamIdOf(db, body.team)
    const service = await saveService({ db, clock, actor }, { slug: null, name: body.name, teamId })
    return (await resourcesOfServices(db, [service]))[0]
  }),
)

export const loader = api.loader
export const action = api.action
