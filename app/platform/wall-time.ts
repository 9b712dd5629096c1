/** Times as a form shows them: what a clock on the wall of a time zone says, to the minute. */

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    const two = '2-digit'
    const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, hourCycle: 'h23' } as const
    format = new Intl.DateTimeFormat('en-CA', { timeZone, ...parts })
    formats.set(timeZone, format)
  }
  return format
}

/** The moment as a field of the type datetime-local holds it: `2026-03-04T13:05`. */
export function wallTime(timeZone: string, moment: number): string {
  const parts = Object.fromEntries(
    formatIn(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts.year!.padStart(4, '0')}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

const WALL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?$/

/**
 * The moment at which the clocks of a zone show this. Of an hour that comes twice the first is meant; one that is
 * left out, when clocks go forward, is counted on from before.
 * @returns milliseconds since 1970, or null when the text is not a day and a time.
 */
export function momentOfWall(timeZone: string, text: string): number | null {
  const match = WALL.exec(text.trim())
  if (!match) return null
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number]
  if (year < 1 || hour > 23 || minute > 59) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  const wanted = date.getTime()
  const offsetAt = (moment: number) =>
    Math.round((Date.parse(`${wallTime(timeZone, moment)}Z`) - moment) / 60_000) * 60_000
  // The offset a day before is the one in force before any change of clocks on that day.
  const [before, after] = [offsetAt(wanted - 86_400_000), offsetAt(wanted + 86_400_000)]
  const candidates = [wanted - before, wanted - after].filter(moment => moment + offsetAt(moment) === wanted)
  return candidates.length > 0 ? Math.min(...candidates) : wanted - before
}

/** A moment for a sentence, with its zone: `14:05 CET`, or `4 Mar 2026, 14:05 CET` where the day matters. */
export function clockInWords(timeZone: string, moment: number, { withDay = false } = {}): string {
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short', timeZone } as const
  return new Intl.DateTimeFormat('en-GB', withDay ? { ...day, ...clock } : clock).format(moment)
}
