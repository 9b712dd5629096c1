import { type Clock, dayIn } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { accountOfPerson, updateAccount } from './account-queries.server.ts'
import { type Actor, demand, type Role } from './actor.ts'
import { demandAnotherAdministrator } from './last-administrator.server.ts'
import { nameWithEmail } from './person.ts'
import { recordAudit } from './record-audit.server.ts'
import { readSettings } from './settings.server.ts'

/**
 * Gives an account another role, from its next request on; its tokens never exceed it.
 * @throws AppError not-found without an account; conflict for the last administrator.
 */
export async function changeRole(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { personId, role }: { personId: string; role: Role },
): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const account = await accountOfPerson(tx, personId)
    if (!account) throw notFound('This account')
    if (account.role === role) return
    const today = dayIn((await readSettings(tx)).timeZone, clock.now())
    if (role !== 'administrator') await demandAnotherAdministrator(tx, personId, today)
    await updateAccount(tx, account.id, { role })
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'account.role', subject: nameWithEmail(account), before: { role: account.role }, after: { role } },
    )
  })
}
