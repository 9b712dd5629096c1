/** What the clock on the board shows, and how the browser keeps the server's time. Pure. */

/** One question to the server: when it was sent and answered by this browser's own steady clock, and what it said. */
export interface TimeSample {
  sentAt: number
  answeredAt: number
  serverTime: number
}

const SAMPLES_KEPT = 8

/** The latest samples with one more. */
export function withSample(samples: readonly TimeSample[], sample: TimeSample): TimeSample[] {
  return [...samples, sample].slice(-SAMPLES_KEPT)
}

/** From the steady clock to the server's, by the sample with the shortest way; its error is at most half that way. */
export function offsetFrom(samples: readonly TimeSample[]): number | null {
  const best = [...samples].sort((a, b) => a.answeredAt - a.sentAt - (b.answeredAt - b.sentAt))[0]
  return best ? best.serverTime - (best.sentAt + best.answeredAt) / 2 : null
}

/** A correction that is small is made in steps, so that digits never go up. */
const SLEWED_MS = 250
const SLEW_SHARE = 0.1

/** The offset to use after `passed` milliseconds, on the way from the one in use to the one that is right. */
export function slew(current: number, target: number, passed: number): number {
  const error = target - current
  if (Math.abs(error) >= SLEWED_MS) return target
  const step = Math.min(Math.abs(error), passed * SLEW_SHARE)
  return current + Math.sign(error) * step
}

/** '07:12', or '+00:41' over time. */
export function clockText(remainingMs: number): string {
  const seconds = remainingMs > 0 ? Math.ceil(remainingMs / 1000) : Math.floor(-remainingMs / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${isOver(remainingMs) ? '+' : ''}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
}

/** Milliseconds until the clock's text changes, by itself. */
export function untilNextText(remainingMs: number): number {
  return remainingMs > 0 ? remainingMs - (Math.ceil(remainingMs / 1000) - 1) * 1000 : 1000 - (-remainingMs % 1000)
}

export function isOver(remainingMs: number): boolean {
  return remainingMs <= -1000
}

/** 'Seven minutes' for those who hear it: '7 minutes left', '40 seconds over time'. */
export function clockInWords(remainingMs: number): string {
  const seconds = remainingMs > 0 ? Math.ceil(remainingMs / 1000) : Math.floor(-remainingMs / 1000)
  const rest = remainingMs > 0 ? 'left' : 'over time'
  if (seconds < 60) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'} ${rest}`
  const minutes = Math.round(seconds / 60)
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${rest}`
}

/** What is said aloud once when what is left goes from one value to the other; null when nothing is. */
export function milestone(before: number, after: number): string | null {
  if (before > 0 && after <= 0) return 'Time is up.'
  if (before > 60_000 && after <= 60_000 && after > 0) return 'One minute left.'
  return null
}
