import type { Clock } from '#app/platform/clock.ts'
import { isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { invitationMail } from './account-mails.ts'
import { accountOfPerson, insertAccount, updateAccount } from './account-queries.server.ts'
import { type Actor, demand, type Role } from './actor.ts'
import { issueLink } from './issue-link.server.ts'
import { personById } from './people-queries.server.ts'
import { nameWithEmail } from './person.ts'
import { recordAudit } from './record-audit.server.ts'
import { isWelcome } from './session-adapter.server.ts'
import { readSettings } from './settings.server.ts'

/**
 * Gives a person an account with a role, and mails the link that sets its password. Again for somebody who has not
 * followed it: a fresh link and, if it differs, the new role.
 * @param context.origin the address that the link begins with.
 * @returns whether the mail server took the mail; the invitation stands either way and can be sent again.
 * @throws AppError conflict when the person has a password already, or has left.
 */
export async function invitePerson(
  {
    db,
    clock,
    actor,
    mailer,
    origin,
    log,
  }: { db: Db; clock: Clock; actor: Actor; mailer: Mailer; origin: string; log: Log },
  { personId, role }: { personId: string; role: Role },
): Promise<{ mailed: boolean }> {
  demand(actor, 'administer')
  const { organisationName, timeZone } = await readSettings(db)
  const { person, secret } = await inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const person = await personById(tx, personId)
    if (!person) throw notFound('This person')
    const account = await accountOfPerson(tx, personId)
    if (account?.passwordHash) throw new AppError('conflict', `${person.name} has an account already.`)
    if (!isWelcome({ disabledAt: null, leftOn: person.leftOn }, clock, timeZone))
      throw new AppError('conflict', `${person.name} has left, so there is nobody to invite.`)
    const accountId = account?.id ?? newId()
    if (account) await updateAccount(tx, accountId, { role, disabled_at: null })
    else await insertAccount(tx, { id: accountId, personId, role, passwordHash: null, createdAt: isoNow(clock) })
    await recordAudit(tx, { actor, clock }, { act: 'account.invited', subject: nameWithEmail(person), after: { role } })
    return { person, secret: await issueLink(tx, clock, accountId, 'invitation') }
  })
  try {
    await mailer.send(invitationMail(person, organisationName, `${origin}/invitation/${secret}`))
    return { mailed: true }
  } catch (error) {
    log.error({ err: error }, 'an invitation could not be mailed')
    return { mailed: false }
  }
}
