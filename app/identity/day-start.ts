import { dayIn } from '#app/platform/clock.ts'

const HOUR = 3_600_000

/** The moment at which a day (YYYY-MM-DD) begins in a time zone, as ISO 8601 UTC. */
export function dayStart(timeZone: string, day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  let [before, within] = [midnight - 15 * HOUR, midnight + 15 * HOUR]
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (dayIn(timeZone, middle) < day) before = middle
    else within = middle
  }
  return new Date(within).toISOString()
}
