import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, line } from '#app/identity/fields.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { putSuggestion } from './agenda-queries.server.ts'

const suggestion = z.object({
  incident: z.string().trim().min(1, 'Write the incident’s key, such as INC-142.').max(200),
  why: line('what others could learn from it', 300),
})

/** Asks that a forum discuss an incident: whoever facilitates sees it among the proposals. @throws AppError invalid. */
export async function suggestIncident(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: { incident: string; why: string },
): Promise<void> {
  demand(actor, 'take part in forums')
  const { incident: key, why } = check(suggestion, given)
  const incident = (await incidentsByKeys(db, [key])).get(key)
  if (!incident) throw invalidField('incident', 'There is no incident with this key.')
  await putSuggestion(db, { incident_id: incident.id, person_id: actor.personId, why, at: isoNow(clock) })
}
