import { type Actor, demand } from '#app/identity/actor.ts'
import { check } from '#app/identity/fields.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { familyNameSchema } from './confirm-family.server.ts'
import { type Family, familiesByName, familyBySlug } from './families.server.ts'
import './incident-events.ts'
import { tidyName } from './names.server.ts'
import { renameFamilyRow } from './service-queries.server.ts'
import { ROOM_LOCK } from './services.server.ts'

/**
 * Gives a family another name. Its slug stays what it was, so that addresses and imports under the old name still find
 * it.
 * @throws AppError not-found; invalid naming `name`, conflict when another family is called so.
 */
export async function renameFamily(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, name: given }: { slug: string; name: string },
): Promise<Family> {
  demand(actor, 'edit the library')
  const name = tidyName(check(familyNameSchema, { name: given }).name)
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const family = await familyBySlug(tx, slug)
    if (!family) throw notFound('This family')
    const namesake = (await familiesByName(tx, name)).find(one => one.id !== family.id)
    if (namesake) {
      const message = `There is a family called “${namesake.name}” already. Merge the two if they are the same failure.`
      throw new AppError('conflict', message, [{ path: 'name', message }])
    }
    if (name === family.name) return family
    await renameFamilyRow(tx, family.id, name)
    const changes = { before: { name: family.name }, after: { name } }
    await recordAudit(tx, { actor, clock }, { act: 'family.renamed', subject: name, ...changes })
    await announce(tx, 'families.renamed', { familyId: family.id })
    return { ...family, name }
  })
}
