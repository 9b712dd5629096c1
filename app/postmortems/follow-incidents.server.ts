/**
 * Links postmortems that came before their incident, and keeps the index in step when an incident's facts, a service's
 * name or team, or a family's name change.
 */
import '#app/incidents/incident-events.ts'
import { familyMembers, incidentsByKeys } from '#app/incidents/incidents.server.ts'
import type { Events } from '#app/platform/events.ts'
import type { Tx } from '#db/index.server.ts'
import { idsOfIncidents, idsOfService, linkIncident, unlinkedKeys } from './incident-link-queries.server.ts'
import { indexPostmortems } from './index-postmortems.server.ts'

/** Subscribes this room to the incidents room. The composition root calls it once. */
export function followIncidents(events: Pick<Events, 'subscribe'>): void {
  events.subscribe('incidents.saved', followSaved)
  events.subscribe('services.changed', reindexService)
  events.subscribe('families.renamed', reindexFamily)
}

async function followSaved(tx: Tx, { created, updated }: { created: string[]; updated: string[] }): Promise<void> {
  const linked: string[] = []
  if (created.length > 0) {
    const keys = await unlinkedKeys(tx)
    const arrived = await incidentsByKeys(tx, keys)
    for (const [key, incident] of arrived) linked.push(...(await linkIncident(tx, key, incident.id)))
  }
  const concerned = new Set([...linked, ...(await idsOfIncidents(tx, updated))])
  await indexPostmortems(tx, [...concerned])
}

async function reindexService(tx: Tx, { serviceId }: { serviceId: string }): Promise<void> {
  await indexPostmortems(tx, await idsOfService(tx, serviceId))
}

async function reindexFamily(tx: Tx, { familyId }: { familyId: string }): Promise<void> {
  const members = (await familyMembers(tx, [familyId])).get(familyId) ?? []
  const ids = await idsOfIncidents(
    tx,
    members.map(member => member.id),
  )
  await indexPostmortems(tx, ids)
}
