import { type Actor, demand } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { type Family, familyBySlug, familyMembers } from './families.server.ts'
import { moveToFamily } from './move-to-family.server.ts'
import { ROOM_LOCK } from './services.server.ts'

/**
 * Moves all members of a family into another one. Its address stays and says where they went; undoFamilyChange brings
 * them back.
 * @throws AppError not-found for those who may not; invalid naming `into`.
 */
export async function mergeFamilies(
  context: { db: Db; clock: Clock; actor: Actor },
  { slug, into }: { slug: string; into: string },
): Promise<Family> {
  demand(context.actor, 'edit the library')
  return inTransaction(context.db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const [family, target] = [await familyBySlug(tx, slug), await familyBySlug(tx, into)]
    if (!family) throw notFound('This family')
    if (!target || target.id === family.id) throw invalidField('into', 'Choose another family from the list.')
    const members = (await familyMembers(tx, [family.id])).get(family.id) ?? []
    if (members.length === 0) throw invalidField('into', 'No incidents are left in this family.')
    await moveToFamily(tx, context, {
      kind: 'merged',
      familyId: family.id,
      to: target.id,
      incidentIds: members.map(member => member.id),
    })
    return target
  })
}
