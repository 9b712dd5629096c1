/** Keeps the server's time by the browser's steady clock, whatever the clock of the machine says or is set to. */
import { offsetFrom, slew, type TimeSample, withSample } from '#app/forums/countdown.ts'
import { addressOf } from './live-messages.ts'

const SAMPLES_AT_ONCE = 8
const RESAMPLE_MS = 60_000
/** The steady clock stands still while some machines sleep; then the two clocks come apart. */
const SLEPT_MS = 1_000

export interface Timekeeper {
  /** The server's time, in milliseconds since 1970; small corrections are made slowly. */
  now(): number
  /** What was known may no longer be right. */
  wake(): void
  stop(): void
}

/** @param guess the server's time now, as far as the page knows. */
export function keepTime(forum: string, guess: number): Timekeeper {
  let samples: TimeSample[] = []
  let offset = guess - performance.now()
  let target = offset
  let before = performance.now()
  let apart = Date.now() - before
  let round = 0

  async function sample(): Promise<void> {
    const own = ++round
    for (let i = 0; i < SAMPLES_AT_ONCE && own === round; i++) {
      const sentAt = performance.now()
      const answer = await fetch(`${addressOf(forum)}/time`).catch(() => null)
      const answeredAt = performance.now()
      if (!answer?.ok) continue
      const { serverTime } = (await answer.json()) as { serverTime: string }
      if (own !== round) return
      samples = withSample(samples, { sentAt, answeredAt, serverTime: Date.parse(serverTime) })
      target = offsetFrom(samples) ?? target
    }
  }

  function wake(): void {
    samples = []
    void sample().catch(() => undefined)
  }

  const again = setInterval(() => void sample().catch(() => undefined), RESAMPLE_MS)
  wake()
  return {
    now() {
      const now = performance.now()
      offset = slew(offset, target, now - before)
      before = now
      const apartNow = Date.now() - now
      if (Math.abs(apartNow - apart) > SLEPT_MS) wake()
      apart = apartNow
      return now + offset
    },
    wake,
    stop() {
      round++
      clearInterval(again)
    },
  }
}
