import { randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId, sha256 } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { countAccounts } from './account-queries.server.ts'
import { type AuthContext, openSession } from './auth.server.ts'
import { createReadyAccount } from './create-account.server.ts'
import { check, email, line, timeZone } from './fields.ts'
import { passwordComplaint } from './password-rule.ts'
import { hashPassword } from './passwords.server.ts'
import { personByEmail } from './people-queries.server.ts'
import { personName } from './person.ts'
import { recordAudit } from './record-audit.server.ts'
import { putSettings } from './settings-queries.server.ts'

export async function hasAccounts(db: Db): Promise<boolean> {
  return (await countAccounts(db)) > 0
}

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** The one-time code with which the first account is made; null when there is one already. */
export async function createSetUpCode(db: Db): Promise<string | null> {
  return (await hasAccounts(db)) ? null : newCode()
}

/** About 78 bits, easy to copy by hand: no letters that look like digits. */
function newCode(): string {
  const picks: string[] = []
  while (picks.length < 16)
    for (const byte of randomBytes(32))
      if (byte < LETTERS.length * 8 && picks.length < 16) picks.push(LETTERS[byte % LETTERS.length] as string)
  return picks.join('').replace(/(.{4})(?!$)/g, '$1-')
}

const setUpSchema = z.object({
  organisationName: line('the organisation’s name', 120),
  timeZone,
  name: personName,
  email,
  password: z.string({ error: 'Choose a password.' }),
})

export type SetUp = z.input<typeof setUpSchema> & { code: string; userAgent: string }

/**
 * Makes the first account, an administrator's, with the code that the server printed when it started.
 * @param context.setUpCode the code kept in memory; null refuses everybody.
 * @returns the cookie to set.
 * @throws AppError not-found once any account exists, for then there is nothing to set up.
 */
export async function createFirstAdministrator(
  context: AuthContext & { setUpCode: string | null },
  { code, userAgent, ...given }: SetUp,
): Promise<string> {
  const { db, clock, setUpCode } = context
  if (await hasAccounts(db)) throw notFound()
  if (setUpCode === null || !sameCode(code, setUpCode))
    throw invalidField('code', 'This is not the code that Candor printed when it started. Look at the console again.')
  const input = check(setUpSchema, given)
  const complaint = passwordComplaint(input.password, input.email)
  if (complaint) throw invalidField('password', complaint)
  const passwordHash = await hashPassword(input.password)
  return inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    if (await hasAccounts(tx)) throw new AppError('conflict', 'Somebody else has just set up Candor. Sign in instead.')
    const known = await personByEmail(tx, input.email)
    const personId = known?.id ?? newId()
    const actor = {
      accountId: '',
      personId,
      name: input.name,
      email: input.email,
      role: 'administrator',
      timeZone: input.timeZone,
      via: 'session',
    } as const
    const accountId = await createReadyAccount(
      { db: tx, clock, actor },
      { personId, name: input.name, email: input.email, role: 'administrator', passwordHash },
    )
    const settings = { organisationName: input.organisationName, timeZone: input.timeZone }
    await putSettings(tx, settings)
    await recordAudit(tx, { actor, clock }, { act: 'portal.set-up', subject: input.organisationName, after: settings })
    return openSession({ ...context, db: tx }, accountId, userAgent)
  })
}

/** Compared in constant time, forgiving of hyphens, spaces and small letters. */
function sameCode(given: string, expected: string): boolean {
  const plain = (code: string) => sha256(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
  return timingSafeEqual(Buffer.from(plain(given)), Buffer.from(plain(expected)))
}
