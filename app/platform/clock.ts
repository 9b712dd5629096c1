/** Time is asked of a clock, so that tests can set it. */
export interface Clock {
  /** Now, in milliseconds since 1970. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** The clock's now as ISO 8601 UTC with milliseconds: the form in which every time is stored. */
export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString()
}

const days = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of a moment in a time zone, as YYYY-MM-DD. */
export function dayIn(timeZone: string, moment: number): string {
  // Every request asks, and to make a format takes far longer than to use it.
  let format = days.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    days.set(timeZone, format)
  }
  return format.format(moment)
}
