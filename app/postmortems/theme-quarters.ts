/** Quarters of the year as moments, in the organisation's time zone. */

export interface Quarter {
  /** 'Q3 2026'. */
  label: string
  /** ISO 8601 UTC; `to` is the next one's `from`. */
  from: string
  to: string
}

/** The last `count` quarters, oldest first; the last one is the quarter of `now`. */
export function quartersUntil(now: number, timeZone: string, count: number): Quarter[] {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' }).formatToParts(now)
  const read = (type: string) => Number(parts.find(part => part.type === type)?.value)
  const current = read('year') * 4 + Math.floor((read('month') - 1) / 3)
  return Array.from({ length: count }, (_, index) => {
    const quarter = current - count + 1 + index
    return {
      label: `Q${(quarter % 4) + 1} ${Math.floor(quarter / 4)}`,
      from: startOf(quarter, timeZone),
      to: startOf(quarter + 1, timeZone),
    }
  })
}

/** Midnight of a quarter's first day. @param quarter counted from the year 0. */
function startOf(quarter: number, timeZone: string): string {
  const midnight = Date.UTC(Math.floor(quarter / 4), (quarter % 4) * 3, 1)
  // The offset may change between the two guesses on the day that the clocks change; the second one is right.
  const first = midnight - offsetAt(midnight, timeZone)
  return new Date(midnight - offsetAt(first, timeZone)).toISOString()
}

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(moment)
  const read = (type: string) => Number(parts.find(part => part.type === type)?.value)
  const shown = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
  return shown - moment
}
