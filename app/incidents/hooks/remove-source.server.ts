import { type Actor, demand } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { ROOM_LOCK } from '../services.server.ts'
import { deleteSource, sourceBySlug } from './hook-queries.server.ts'
import { KINDS, type SourceKind } from './source-kinds.ts'

/**
 * Removes a source for good, with its secrets, its deliveries and what it said of incidents. Incidents and deployments
 * stay as they are.
 * @throws AppError not-found.
 */
export async function removeSource(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug }: { slug: string },
): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const source = await sourceBySlug(tx, slug)
    if (!source) throw notFound('This source')
    await deleteSource(tx, source.id)
    const before = { kind: KINDS[source.kind as SourceKind].label }
    await recordAudit(tx, { actor, clock }, { act: 'source.removed', subject: source.name, before })
  })
}
