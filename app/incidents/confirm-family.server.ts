import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, line } from '#app/identity/fields.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { ensureFamily, type Family } from './families.server.ts'
import { incidentRowsByKeys } from './incident-queries.server.ts'
import { moveToFamily } from './move-to-family.server.ts'
import { NAME_LIMIT } from './names.server.ts'
import { ROOM_LOCK } from './services.server.ts'

export const familyNameSchema = z.object({ name: line('a name for what keeps coming back', NAME_LIMIT) })

/**
 * An editor judges that these incidents are the same failure: they are in the family of that name from now on.
 * @throws AppError not-found for those who may not, or when one of the incidents does not exist; invalid naming `name`.
 */
export async function confirmFamily(
  context: { db: Db; clock: Clock; actor: Actor },
  input: { keys: string[]; name: string },
): Promise<Family> {
  demand(context.actor, 'edit the library')
  const { name } = check(familyNameSchema, { name: input.name })
  return inTransaction(context.db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const rows = await incidentRowsByKeys(tx, input.keys)
    if (rows.length !== new Set(input.keys).size) throw notFound('This incident')
    const family = await ensureFamily(tx, context, name)
    const move = {
      kind: 'confirmed',
      familyId: family.id,
      to: family.id,
      incidentIds: rows.map(row => row.id),
    } as const
    await moveToFamily(tx, context, move)
    return family
  })
}
