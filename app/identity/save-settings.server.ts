import type { Clock } from '#app/platform/clock.ts'
import { invalidField } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { type Actor, demand } from './actor.ts'
import { check } from './fields.ts'
import { difference, recordAudit } from './record-audit.server.ts'
import { readSettings } from './settings.server.ts'
import { type Settings, settingsSchema } from './settings.ts'
import { putSettings } from './settings-queries.server.ts'
import './settings-events.ts'

/**
 * Changes the organisation's settings; what is left out stays.
 * @throws AppError invalid naming the fields; the disclosure threshold may rise but never fall.
 */
export async function saveSettings(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: Partial<Record<keyof Settings, unknown>>,
): Promise<Settings> {
  demand(actor, 'administer')
  return inTransaction(db, async tx => {
    await lockFor(tx, 'settings')
    const before = await readSettings(tx)
    const after = check(settingsSchema, { ...before, ...given })
    if (after.disclosureThreshold < before.disclosureThreshold)
      throw invalidField(
        'disclosureThreshold',
        `The threshold can only rise from ${before.disclosureThreshold}: people answered trusting that it would hold.`,
      )
    const changes = difference(before, after)
    if (!changes) return before
    await putSettings(tx, changes.after)
    await recordAudit(tx, { actor, clock }, { act: 'settings.changed', subject: after.organisationName, ...changes })
    await announce(tx, 'settings.changed', { changed: Object.keys(changes.after) as (keyof Settings)[], clock })
    return after
  })
}
