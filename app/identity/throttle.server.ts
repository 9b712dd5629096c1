/** How often one may guess. Only failures count, by account and by address, whether or not the account exists. */
import { isIPv6 } from 'node:net'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '#app/platform/errors.ts'
import { sha256 } from '#app/platform/ids.server.ts'

export interface Attempt {
  /** Takes the attempt back: it was not a failure. */
  succeeded(): Promise<void>
}

export interface Throttle {
  /**
   * Counts an attempt before it is judged, so that many at once cannot slip through together.
   * @throws AppError too-many, saying when to try again.
   */
  attempt(email: string, address: string): Promise<Attempt>
}

export interface Limits {
  perEmail: number
  perAddress: number
  seconds: number
}

/** Keeps counts in memory: they need not survive a restart, and no stranger's address is written down. */
export function createThrottle(limits: Limits): Throttle {
  const emails = new RateLimiterMemory({ points: limits.perEmail, duration: limits.seconds })
  const addresses = new RateLimiterMemory({ points: limits.perAddress, duration: limits.seconds })
  return {
    async attempt(email, address) {
      const emailKey = sha256(email)
      const addressKey = neighbourhood(address)
      await consume(addresses, addressKey)
      await consume(emails, emailKey)
      return {
        async succeeded() {
          await Promise.all([emails.reward(emailKey), addresses.reward(addressKey)])
        },
      }
    },
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    throw new AppError('too-many', `Too many attempts. Try again in ${wait((refusal as RateLimiterRes).msBeforeNext)}.`)
  }
}

function wait(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000)
  return minutes <= 1 ? 'a minute' : `${minutes} minutes`
}

/** An address as it is counted: a household of IPv6 has 2^64 of them, so their first half stands for all. */
export function neighbourhood(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const first = head ? head.split(':') : []
  const last = tail ? tail.split(':') : []
  const gap = tail === undefined ? 0 : 8 - first.length - last.length
  const groups = [...first, ...Array<string>(Math.max(0, gap)).fill('0'), ...last]
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

const FIFTEEN_MINUTES = 15 * 60
const ONE_HOUR = 60 * 60

/** This process's counts of failed sign-ins. */
export const signInThrottle = createThrottle({ perEmail: 10, perAddress: 50, seconds: FIFTEEN_MINUTES })

/** This process's counts of reset mails asked for: enough for a forgetful person, too few to flood a mailbox. */
export const resetThrottle = createThrottle({ perEmail: 3, perAddress: 20, seconds: ONE_HOUR })
