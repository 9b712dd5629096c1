import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { createIncidentOperation, listIncidentsOperation } from '#app/incidents/api.ts'
import { teamsBelow } from '#app/incidents/find-incidents.server.ts'
import { listIncidents } from '#app/incidents/incidents.server.ts'
import { recordIncident } from '#app/incidents/record-incident.server.ts'
import { resourceOfIncident, summaryOf } from '#app/incidents/resources.server.ts'

const api = serve(
  handle(listIncidentsOperation, async ({ db, query: { cursor, limit, team, ...filter } }) => {
    const offset = offsetCursor.read(cursor)
    const { items, total } = await listIncidents(
      db,
      { ...filter, teamIds: team ? await teamsBelow(db, team) : undefined },
      { offset, limit },
    )
    const end = offset + items.length
    return {
      items: items.map(summaryOf),
      total,
      nextCursor: items.length > 0 && end < total ? offsetCursor.write(end) : null,
    }
  }),
  handle(createIncidentOperation, async ({ db, clock, actor, body }) =>
    resourceOfIncident(db, await recordIncident({ db, clock, actor }, body)),
  ),
)

export const loader = api.loader
export const action = api.action
