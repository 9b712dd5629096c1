import { type Actor, demand } from '#app/identity/actor.ts'
import { check } from '#app/identity/fields.ts'
import type { Clock } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { familyNameSchema } from './confirm-family.server.ts'
import { ensureFamily, type Family, familyBySlug, familyMembers } from './families.server.ts'
import { moveToFamily } from './move-to-family.server.ts'
import { ROOM_LOCK } from './services.server.ts'

/**
 * Moves some members of a family into another one, which is made if nobody has its name. Undone by undoFamilyChange.
 * @throws AppError not-found for those who may not; invalid naming `members` or `name`.
 */
export async function splitFamily(
  context: { db: Db; clock: Clock; actor: Actor },
  { slug, keys, name: given }: { slug: string; keys: string[]; name: string },
): Promise<Family> {
  demand(context.actor, 'edit the library')
  return inTransaction(context.db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const family = await familyBySlug(tx, slug)
    if (!family) throw notFound('This family')
    const members = (await familyMembers(tx, [family.id])).get(family.id) ?? []
    const leaving = members.filter(member => keys.includes(member.key))
    if (leaving.length === 0) throw invalidField('members', 'Choose the incidents that are another failure.')
    if (leaving.length === members.length)
      throw invalidField('members', 'Leave at least one in this family, or merge it into another.')
    const { name } = check(familyNameSchema, { name: given })
    const other = await ensureFamily(tx, context, name)
    if (other.id === family.id) throw invalidField('name', 'This is the name of this family. Write another one.')
    await moveToFamily(tx, context, {
      kind: 'split',
      familyId: family.id,
      to: other.id,
      incidentIds: leaving.map(member => member.id),
    })
    return other
  })
}
