import { handle, serve } from '#app/http/api.server.ts'
import { changeServiceOperation, getServiceOperation } from '#app/incidents/api.ts'
import { resourcesOfServices, teamIdOf } from '#app/incidents/resources.server.ts'
import { saveService } from '#app/incidents/save-service.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import { notFound } from '#app/platform/errors.ts'

const api = serve(
  handle(getServiceOperation, async ({ db, params }) => {
    const service = (await listServices(db)).find(one => one.slug === params.slug)
    if (!service) throw notFound('This service')
    return (await resourcesOfServices(db, [service]))[0]
  }),
  handle(changeServiceOperation, async ({ db, clock, actor, params, body }) => {
    const teamId = await teamIdOf(db, body.team)
    const service = await saveService({ db, clock, actor }, { slug: params.slug ?? '', name: body.name, teamId })
    return (await resourcesOfServices(db, [service]))[0]
  }),
)

export const loader = api.loader
export const action = api.action
