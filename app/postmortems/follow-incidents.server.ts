/** Keeps the index in step when an incident's facts or a service's name or team change. */
import type '#app/incidents/incident-events.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import type { Events } from '#app/platform/events.ts'
import { indexPostmortems } from './index-postmortems.server.ts'
import { idsOfIncidents, idsOfService } from './postmortem-queries.server.ts'

/** Subscribes this room to the incidents room. The composition root calls it once. */
export function followIncidents(events: Pick<Events, 'subscribe'>): void {
  events.subscribe('incidents.saved', async (tx, { updated }) => {
    const incidents = await incidentsByKeys(tx, updated)
    await indexPostmortems(tx, await idsOfIncidents(tx, [...incidents.values()].map(incident => incident.id)))
  })
  events.subscribe('services.changed', async (tx, { serviceId }) => indexPostmortems(tx, await idsOfService(tx, serviceId)))
}
