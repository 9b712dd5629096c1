import { handle, serve } from '#app/http/api.server.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { postUpdate } from '#app/incidents/post-update.server.ts'
import { postUpdateOperation } from '#app/incidents/record-api.ts'
import { resourceOfUpdate } from '#app/incidents/resources.server.ts'

const api = serve(
  handle(postUpdateOperation, async ({ db, clock, actor, params: { key = '' }, body }) => {
    const id = await postUpdate({ db, clock, actor }, { key, text: body.text })
    return resourceOfUpdate((await incidentRecord(db, key))!.updates.find(update => update.id === id)!)
  }),
)

export const loader = api.loader
export const action = api.action
