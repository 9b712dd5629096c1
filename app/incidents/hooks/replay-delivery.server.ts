import { type Actor, demand } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { ROOM_LOCK } from '../services.server.ts'
import { deliveryById, sourceBySlug, updateDelivery } from './hook-queries.server.ts'
import { readDelivery } from './read-delivery.ts'
import { applyReading, type Outcome, parsed } from './receive-delivery.server.ts'
import type { SourceKind } from './source-kinds.ts'

/**
 * Reads a delivery again, by the tables as they are now, and does what it says. What it did before is not done twice.
 * @throws AppError not-found; conflict when the body was deleted or cannot be read.
 */
export async function replayDelivery(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, id }: { slug: string; id: string },
): Promise<{ outcome: Outcome }> {
  demand(actor, 'administer')
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const source = await sourceBySlug(tx, slug)
    const delivery = source && (await deliveryById(tx, source.id, id))
    if (!source || !delivery) throw notFound('This delivery')
    if (delivery.body === null)
      throw new AppError('conflict', 'The body of this delivery is not kept here, so it cannot be read again.')
    const payload = parsed(delivery.body)
    if (!payload) throw new AppError('conflict', 'This is not JSON in UTF-8, so there is nothing to replay.')
    const headers = JSON.parse(delivery.headers) as Record<string, string>
    const reading = readDelivery(source.kind as SourceKind, payload.value, {
      headers,
      receivedAt: delivery.received_at,
    })
    const { outcome, note, incidentId } = await applyReading(tx, { clock }, source, reading)
    await updateDelivery(tx, { id, outcome, note, incident_id: incidentId, replayed_at: isoNow(clock) })
    await recordAudit(tx, { actor, clock }, { act: 'delivery.replayed', subject: source.name, after: { delivery: id } })
    return { outcome }
  })
}
