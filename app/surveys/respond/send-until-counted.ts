/** Sends a response again and again until somebody has taken or refused it. */
import type { WaveResponse } from '../wave.ts'
import { readPublicKey, WrongKey } from './ballot.ts'
import { type CastOutcome, sendResponse } from './cast.ts'

/** Seconds between attempts; the last one goes on for ever. */
const WAITS = [2, 4, 8, 15, 30]

export type FinalOutcome = Exclude<CastOutcome, { kind: 'unreachable' }> | { kind: 'key-changed' }

interface Told {
  /** Before each attempt. */
  sending(): void
  /** After one that failed; `now` does not wait for the next. */
  waiting(seconds: number, now: () => void): void
}

/**
 * Asks for the wave's key once more, without credentials, before anything is sent: a server that gave one person another
 * key than everybody else would have to do so here too, where it does not know who asks.
 */
export async function sendUntilCounted(
  { wave, fingerprint }: { wave: string; fingerprint: string },
  response: WaveResponse,
  told: Told,
): Promise<FinalOutcome> {
  let isKeyRight = false
  for (let attempt = 0; ; attempt += 1) {
    told.sending()
    if (!isKeyRight) {
      const found = await publicKeyNow(wave, fingerprint)
      if (found === 'wrong') return { kind: 'key-changed' }
      isKeyRight = found === 'right'
    }
    if (isKeyRight) {
      const outcome = await sendResponse('', wave, response)
      if (outcome.kind !== 'unreachable') return outcome
    }
    await pause(WAITS[Math.min(attempt, WAITS.length - 1)] as number, told)
  }
}

async function publicKeyNow(wave: string, fingerprint: string): Promise<'right' | 'wrong' | 'unreachable'> {
  let publicKey: unknown
  try {
    const answer = await fetch(`/api/v1/waves/${wave}`, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    })
    if (!answer.ok) return 'unreachable'
    publicKey = ((await answer.json()) as { publicKey?: unknown }).publicKey
  } catch {
    return 'unreachable'
  }
  try {
    await readPublicKey(String(publicKey), fingerprint)
    return 'right'
  } catch (error) {
    if (error instanceof WrongKey) return 'wrong'
    throw error
  }
}

/** Waits, or until the network is back, or until somebody cannot. */
function pause(seconds: number, told: Told): Promise<void> {
  return new Promise(resolve => {
    let left = seconds
    const done = () => {
      clearInterval(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setInterval(() => {
      left -= 1
      if (left <= 0) done()
      else told.waiting(left, done)
    }, 1000)
    addEventListener('online', done)
    told.waiting(left, done)
  })
}
