import { type Actor, demand } from '#app/identity/actor.ts'
import { check } from '#app/identity/fields.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { checkFacts } from './check-facts.server.ts'
import { newIncidentSchema } from './incident-body.ts'
import { numberedKeys } from './incident-queries.server.ts'
import { type IncidentFacts, incidentsByKeys } from './incidents.server.ts'
import { highestNumber, numberedKey } from './keys.ts'
import type { Moments } from './moments.ts'
import { saveIncidents } from './save-incidents.server.ts'
import { ROOM_LOCK } from './services.server.ts'

const NO_MOMENTS: Moments = {
  startedAt: null,
  detectedAt: null,
  acknowledgedAt: null,
  mitigatedAt: null,
  resolvedAt: null,
}

/**
 * Records a new incident, under the next INC- number unless it comes with a key.
 * @throws AppError invalid naming the fields; conflict when the key or external id is taken.
 */
export async function recordIncident(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: unknown,
): Promise<IncidentFacts> {
  demand(actor, 'record incidents')
  const { key: wanted, title, ...facts } = check(newIncidentSchema, given)
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const key = wanted ?? numberedKey(highestNumber(await numberedKeys(tx)) + 1)
    const namesake = (await incidentsByKeys(tx, [key])).get(key)
    if (namesake) {
      const message = `There is an incident ${namesake.key} already.`
      throw new AppError('conflict', message, [{ path: 'key', message }])
    }
    const checked = await checkFacts({ db: tx, actor }, facts, { id: null, moments: NO_MOMENTS })
    await saveIncidents(tx, { clock }, [{ key, title, ...checked }])
    return (await incidentsByKeys(tx, [key])).get(key)!
  })
}
