import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { accountOfPerson, updateAccount } from './account-queries.server.ts'
import { type Actor, demand } from './actor.ts'
import { endAccess } from './end-access.server.ts'
import { demandAnotherAdministrator } from './last-administrator.server.ts'
import { nameWithEmail } from './person.ts'
import { recordAudit } from './record-audit.server.ts'
import { readSettings } from './settings.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/**
 * Closes an account: its sessions, tokens and links end at once, and nobody can sign in with it.
 * @throws AppError not-found without an account; conflict for the last administrator.
 */
export async function closeAccount({ db, clock, actor }: Context, { personId }: { personId: string }): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const account = await accountOfPerson(tx, personId)
    if (!account) throw notFound('This account')
    if (account.disabledAt !== null) return
    await demandAnotherAdministrator(tx, personId, dayIn((await readSettings(tx)).timeZone, clock.now()))
    await updateAccount(tx, account.id, { disabled_at: isoNow(clock) })
    await endAccess(tx, personId, isoNow(clock))
    await recordAudit(tx, { actor, clock }, { act: 'account.disabled', subject: nameWithEmail(account) })
  })
}

/** Opens a closed account again, with the password and role that it had. */
export async function reopenAccount({ db, clock, actor }: Context, { personId }: { personId: string }): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const account = await accountOfPerson(tx, personId)
    if (!account) throw notFound('This account')
    if (account.disabledAt === null) return
    await updateAccount(tx, account.id, { disabled_at: null })
    await recordAudit(tx, { actor, clock }, { act: 'account.enabled', subject: nameWithEmail(account) })
  })
}
