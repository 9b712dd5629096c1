/** What the pages of incidents show of postmortems. The composition root calls it once. */
import '#app/incidents/incident-slots.ts'
import type { IncidentPostmortem } from '#app/incidents/incident-slots.ts'
import type { fillSlot } from '#app/platform/slots.ts'
import { themesBySlug } from '#app/themes/themes.server.ts'
import { incidentsCarrying, seenPostmortemsOf } from './incident-slot-queries.server.ts'
import { incidentSeenBefore } from './seen-before.server.ts'

export function fillIncidentSlots(fill: typeof fillSlot): void {
  fill('incidents.postmortems', async ({ db, actor }, incidentIds) => {
    const found = new Map<string, IncidentPostmortem[]>()
    if (incidentIds.length === 0) return found
    for (const { incidentId, ...postmortem } of await seenPostmortemsOf(db, actor, incidentIds))
      if (incidentId !== null) found.set(incidentId, [...(found.get(incidentId) ?? []), postmortem])
    return found
  })
  fill('incidents.seen-before', ({ db }, incident) => incidentSeenBefore(db, incident))
  fill('incidents.begin-postmortem', key => `/incidents/${encodeURIComponent(key)}/postmortem`)
  fill('incidents.carrying-theme', async (db, slug) => {
    const theme = (await themesBySlug(db, [slug])).get(slug)
    return theme ? incidentsCarrying(db, theme.id) : []
  })
}
