import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField } from '#app/platform/errors.ts'
import { sha256 } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import {
  accountById,
  claimLink,
  deleteLinksOf,
  type LinkKind,
  linkByHash,
  updateAccount,
} from './account-queries.server.ts'
import { type AuthContext, openSession } from './auth.server.ts'
import { passwordComplaint } from './password-rule.ts'
import { hashPassword } from './passwords.server.ts'
import { isWelcome } from './session-adapter.server.ts'
import { deleteSessionsOf } from './session-queries.server.ts'
import { readSettings } from './settings.server.ts'

/**
 * Whose password a link sets.
 * @throws AppError gone when the link was used, is over an hour old, was replaced by a newer one or never existed.
 */
export async function readLink(
  { db, clock }: { db: Db; clock: Clock },
  { kind, secret }: { kind: LinkKind; secret: string },
): Promise<{ accountId: string; name: string; email: string }> {
  const link = await linkByHash(db, kind, sha256(secret))
  const isOpen = link && link.usedAt === null && link.expiresAt > isoNow(clock)
  const account = isOpen ? await accountById(db, link.accountId) : undefined
  if (!account || !isWelcome(account, clock, (await readSettings(db)).timeZone)) throw gone()
  return { accountId: account.id, name: account.name, email: account.email }
}

/**
 * Sets the password, ends all sessions of the account, makes its other links worthless and signs in.
 * @returns the cookie to set.
 * @throws AppError gone, or invalid naming `password`.
 */
export async function acceptLink(
  context: AuthContext,
  { kind, secret, password, userAgent }: { kind: LinkKind; secret: string; password: string; userAgent: string },
): Promise<string> {
  const { db, clock } = context
  const { accountId, email } = await readLink(context, { kind, secret })
  const complaint = passwordComplaint(password, email)
  if (complaint) throw invalidField('password', complaint)
  const passwordHash = await hashPassword(password)
  return inTransaction(db, async tx => {
    if (!(await claimLink(tx, sha256(secret), isoNow(clock)))) throw gone()
    await updateAccount(tx, accountId, { password_hash: passwordHash })
    await deleteLinksOf(tx, accountId)
    await deleteSessionsOf(tx, accountId)
    return openSession({ ...context, db: tx }, accountId, userAgent)
  })
}

function gone(): AppError {
  return new AppError('gone', 'This link was used already, or is older than an hour. Ask for a new one.')
}
