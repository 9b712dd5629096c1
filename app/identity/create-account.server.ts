import { z } from 'zod'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { accountOfPerson, insertAccount, updateAccount } from './account-queries.server.ts'
import { type Actor, demand, ROLES, type Role } from './actor.ts'
import { check, email } from './fields.ts'
import { passwordComplaint } from './password-rule.ts'
import { hashPassword } from './passwords.server.ts'
import { insertPerson, personByEmail } from './people-queries.server.ts'
import { nameWithEmail, newcomer, personName } from './person.ts'
import { recordAudit } from './record-audit.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

const accountSchema = z.object({
  name: personName,
  email,
  role: z.enum(ROLES, { error: `A role is one of ${ROLES.join(', ')}.` }),
  password: z.string({ error: 'Choose a password.' }),
})

/**
 * Makes an account with a password, and the person if nobody has that e-mail: for the command line, where there is no
 * mail to send.
 * @returns the account's id.
 */
export async function createAccount(context: Context, given: z.input<typeof accountSchema>): Promise<string> {
  demand(context.actor, 'administer')
  const { password, ...input } = check(accountSchema, given)
  const complaint = passwordComplaint(password, input.email)
  if (complaint) throw invalidField('password', complaint)
  return createReadyAccount(context, { ...input, passwordHash: await hashPassword(password) })
}

/** The same with a hash that is ready, asking nothing of the password: for set-up and demo data. */
export function createReadyAccount(
  { db, clock, actor }: Context,
  input: { name: string; email: string; role: Role; passwordHash: string; personId?: string },
): Promise<string> {
  return inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const known = await personByEmail(tx, input.email)
    const person = known ?? newcomer({ id: input.personId ?? newId(), name: input.name, email: input.email })
    if (!known) {
      await insertPerson(tx, person, isoNow(clock))
      await recordAudit(tx, { actor, clock }, { act: 'person.created', subject: nameWithEmail(person) })
    }
    const account = await accountOfPerson(tx, person.id)
    if (account?.passwordHash) throw new AppError('conflict', `${person.name} has an account already.`)
    const { role, passwordHash } = input
    const id = account?.id ?? newId()
    if (account) await updateAccount(tx, id, { role, password_hash: passwordHash })
    else await insertAccount(tx, { id, personId: person.id, role, passwordHash, createdAt: isoNow(clock) })
    await recordAudit(tx, { actor, clock }, { act: 'account.created', subject: nameWithEmail(person), after: { role } })
    return id
  })
}
