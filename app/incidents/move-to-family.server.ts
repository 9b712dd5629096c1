import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Tx } from '#db/index.server.ts'
import { familiesOfIncidents, insertFamilyChange, type Move, setFamily } from './family-queries.server.ts'
import './incident-events.ts'

export type FamilyJudgement = 'confirmed' | 'split' | 'merged'

/** Puts incidents into a family and writes down from where, so that it can be undone; nothing moves, nothing is written. */
export async function moveToFamily(
  tx: Tx,
  { clock, actor }: { clock: Clock; actor: Actor },
  { kind, familyId, to, incidentIds }: { kind: FamilyJudgement; familyId: string; to: string; incidentIds: string[] },
): Promise<void> {
  const before = await familiesOfIncidents(tx, incidentIds)
  const moved: Move[] = before
    .filter(one => one.familyId !== to)
    .map(one => ({ incidentId: one.id, from: one.familyId, to }))
  if (moved.length === 0) return
  const ids = moved.map(one => one.incidentId)
  await setFamily(tx, ids, to, isoNow(clock))
  await insertFamilyChange(tx, {
    id: newId(),
    family_id: familyId,
    kind,
    moved: JSON.stringify(moved),
    at: isoNow(clock),
    actor_name: actor.name,
    undone_at: null,
  })
  await announce(tx, 'incidents.saved', { created: [], updated: ids })
}
