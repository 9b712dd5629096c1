/** Keeps the index in step when an incident's facts or a service's name or team change. */
import '#app/incidents/incident-events.ts'
import type { Events } from '#app/platform/events.ts'
import type { Tx } from '#db/index.server.ts'
import { indexPostmortems } from './index-postmortems.server.ts'
import { idsOfIncidents, idsOfService } from './postmortem-queries.server.ts'

/** Subscribes this room to the incidents room. The composition root calls it once. */
export function followIncidents(events: Pick<Events, 'subscribe'>): void {
  events.subscribe('incidents.saved', reindexIncidents)
  events.subscribe('services.changed', reindexService)
}

async function reindexIncidents(tx: Tx, { updated }: { updated: string[] }): Promise<void> {
  await indexPostmortems(tx, await idsOfIncidents(tx, updated))
}

async function reindexService(tx: Tx, { serviceId }: { serviceId: string }): Promise<void> {
  await indexPostmortems(tx, await idsOfService(tx, serviceId))
}
