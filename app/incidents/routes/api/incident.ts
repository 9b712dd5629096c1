import { handle, serve } from '#app/http/api.server.ts'
import { changeIncidentOperation, getIncidentOperation } from '#app/incidents/api.ts'
import { changeIncident } from '#app/incidents/change-incident.server.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { resourceOfIncident } from '#app/incidents/resources.server.ts'
import { notFound } from '#app/platform/errors.ts'

const api = serve(
  handle(getIncidentOperation, async ({ db, params: { key = '' } }) => {
    const facts = (await incidentsByKeys(db, [key])).get(key)
    if (!facts) throw notFound('This incident')
    return resourceOfIncident(db, facts)
  }),
  handle(changeIncidentOperation, async ({ db, clock, actor, params: { key = '' }, body }) =>
    resourceOfIncident(db, await changeIncident({ db, clock, actor }, { key, change: body })),
  ),
)

export const loader = api.loader
export const action = api.action
