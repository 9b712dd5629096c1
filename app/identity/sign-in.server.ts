import { AppError } from '#app/platform/errors.ts'
import { accountByEmail } from './account-queries.server.ts'
import { type AuthContext, openSession } from './auth.server.ts'
import { isEmail, normaliseEmail } from './fields.ts'
import { passwordMatches } from './passwords.server.ts'
import { isWelcome } from './session-adapter.server.ts'
import { readSettings } from './settings.server.ts'
import type { Throttle } from './throttle.server.ts'

export interface SignIn {
  email: string
  password: string
  /** The client's address, for throttling only. */
  address: string
  userAgent: string
}

/**
 * Opens a session. Unknown address, wrong password, no password yet, closed account and left person get the same
 * answer after the same work.
 * @returns the cookie to set.
 * @throws AppError invalid, or too-many with the time to wait.
 */
export async function signIn(
  context: AuthContext & { throttle: Throttle },
  { email, password, address, userAgent }: SignIn,
): Promise<string> {
  const { db, clock, throttle } = context
  const known = normaliseEmail(email)
  const attempt = await throttle.attempt(known, address)
  const account = isEmail(known) ? await accountByEmail(db, known) : undefined
  const matches = await passwordMatches(account?.passwordHash ?? null, password)
  if (!account || !matches || !isWelcome(account, clock, (await readSettings(db)).timeZone))
    throw new AppError('invalid', 'This e-mail and password do not belong together.', [
      { path: 'email', message: 'Check the address and the password, or ask for a new password.' },
    ])
  await attempt.succeeded()
  return openSession(context, account.id, userAgent)
}
