import type { Clock } from '#app/platform/clock.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { resetMail } from './account-mails.ts'
import { accountByEmail } from './account-queries.server.ts'
import { isEmail, normaliseEmail } from './fields.ts'
import { issueLink } from './issue-link.server.ts'
import { isWelcome } from './session-adapter.server.ts'
import { readSettings } from './settings.server.ts'
import type { Throttle } from './throttle.server.ts'

/**
 * Mails a link that sets a new password, if the address belongs to an account. Neither the answer nor the time it
 * takes says whether it does: the work is done behind it.
 * @param context.origin the address that the link begins with. Never a Host header that a stranger can choose.
 * @returns `sent`, for tests and command lines to wait for; a page does not.
 * @throws AppError too-many, for known and unknown addresses alike.
 */
export async function requestPasswordReset(
  context: { db: Db; clock: Clock; mailer: Mailer; origin: string; log: Log; throttle: Throttle },
  { email, address }: { email: string; address: string },
): Promise<{ sent: Promise<void> }> {
  const known = normaliseEmail(email)
  await context.throttle.attempt(known, address)
  const sent = isEmail(known) ? sendLink(context, known) : Promise.resolve()
  return { sent: sent.catch(error => context.log.error({ err: error }, 'a reset link could not be mailed')) }
}

async function sendLink(
  { db, clock, mailer, origin }: { db: Db; clock: Clock; mailer: Mailer; origin: string },
  email: string,
): Promise<void> {
  const [account, settings] = await Promise.all([accountByEmail(db, email), readSettings(db)])
  if (!account || !isWelcome(account, clock, settings.timeZone)) return
  const secret = await inTransaction(db, tx => issueLink(tx, clock, account.id, 'reset'))
  await mailer.send(resetMail(account, settings.organisationName, `${origin}/reset/${secret}`))
}
