import { invalidField } from '#app/platform/errors.ts'
import { inTransaction } from '#db/index.server.ts'
import { accountById, deleteLinksOf, updateAccount } from './account-queries.server.ts'
import type { Actor } from './actor.ts'
import { type AuthContext, sessionHashIn } from './auth.server.ts'
import { passwordComplaint } from './password-rule.ts'
import { hashPassword, passwordMatches } from './passwords.server.ts'
import { deleteSessionsOf } from './session-queries.server.ts'
import type { Throttle } from './throttle.server.ts'

/**
 * Changes one's own password, ends every other session and makes open links worthless.
 * @throws AppError invalid naming `currentPassword` or `password`; too-many after many wrong ones.
 */
export async function changePassword(
  { db, actor, throttle }: Pick<AuthContext, 'db'> & { actor: Actor; throttle: Throttle },
  { current, password, cookie, address }: { current: string; password: string; cookie: string | null; address: string },
): Promise<void> {
  const attempt = await throttle.attempt(actor.email, address)
  const account = await accountById(db, actor.accountId)
  if (!(await passwordMatches(account?.passwordHash ?? null, current)))
    throw invalidField('currentPassword', 'This is not your present password.')
  await attempt.succeeded()
  const complaint = passwordComplaint(password, actor.email)
  if (complaint) throw invalidField('password', complaint)
  const passwordHash = await hashPassword(password)
  await inTransaction(db, async tx => {
    await updateAccount(tx, actor.accountId, { password_hash: passwordHash })
    await deleteLinksOf(tx, actor.accountId)
    await deleteSessionsOf(tx, actor.accountId, sessionHashIn(cookie))
  })
}
