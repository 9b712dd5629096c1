import { type Actor, demand } from '#app/identity/actor.ts'
import { check } from '#app/identity/fields.ts'
import type { Clock } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { checkFacts } from './check-facts.server.ts'
import { incidentChangeSchema } from './incident-body.ts'
import { type IncidentFacts, incidentsByKeys } from './incidents.server.ts'
import { OVER_FLAG } from './moments.ts'
import { saveIncidents } from './save-incidents.server.ts'
import { ROOM_LOCK } from './services.server.ts'

/**
 * Changes what is given and leaves the rest.
 * @throws AppError not-found; invalid naming the fields; conflict when the external id is taken.
 */
export async function changeIncident(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { key, change: given }: { key: string; change: unknown },
): Promise<IncidentFacts> {
  demand(actor, 'record incidents')
  const { title, severityReason = '', isOver, ...change } = check(incidentChangeSchema, given)
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const before = (await incidentsByKeys(tx, [key])).get(key)
    if (!before) throw notFound('This incident')
    if (isOver && change.resolvedAt) throw invalidField('isOver', 'There is a time at which it was resolved.')
    if (isOver) change.resolvedAt = null
    const checked = await checkFacts({ db: tx, actor }, change, { id: before.id, moments: before })
    const severityChange = { reason: severityReason.trim(), personId: actor.personId || null, name: actor.name }
    await saveIncidents(tx, { clock }, [
      { key: before.key, title: title ?? before.title, ...checked, severityChange, flags: isOver ? [OVER_FLAG] : [] },
    ])
    return (await incidentsByKeys(tx, [key])).get(key)!
  })
}
