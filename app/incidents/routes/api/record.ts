import { handle, serve } from '#app/http/api.server.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { getIncidentRecordOperation } from '#app/incidents/record-api.ts'
import { resourceOfRecord } from '#app/incidents/resources.server.ts'
import { notFound } from '#app/platform/errors.ts'

const api = serve(
  handle(getIncidentRecordOperation, async ({ db, params: { key = '' } }) => {
    const record = await incidentRecord(db, key)
    if (!record) throw notFound('This incident')
    return resourceOfRecord(db, record)
  }),
)

export const loader = api.loader
export const action = api.action
