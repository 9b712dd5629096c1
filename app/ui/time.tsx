/** Times: absolute with zone in the title, the machine's form in datetime, everyone in their own zone. */
import { useShell } from './viewer.ts'

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const FORMATS = { day: DAY, clock: CLOCK, minute: { ...DAY, ...CLOCK }, zone: { timeZoneName: 'short' } } as const

const formats = new Map<string, Intl.DateTimeFormat>()

/** Made once for each zone: making one takes far longer than using it, and a page has dozens of times. */
function formatIn(timeZone: string, what: keyof typeof FORMATS): Intl.DateTimeFormat {
  const key = `${what} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...FORMATS[what], timeZone })
  formats.set(key, made)
  return made
}

/** A moment (ISO 8601 UTC), shown as a day or to the minute in the viewer's zone. */
export function When({ at, show = 'day', zone }: { at: string; show?: 'day' | 'minute' | 'clock'; zone?: string }) {
  const own = useShell()?.viewer.timeZone
  const timeZone = zone ?? own ?? 'UTC'
  const moment = new Date(at)
  return (
    <time dateTime={at} title={`${formatIn(timeZone, 'minute').format(moment)} ${zoneName(moment, timeZone)}`}>
      {formatIn(timeZone, show).format(moment)}
    </time>
  )
}

/** A calendar day (YYYY-MM-DD), which has no zone. */
export function Day({ on }: { on: string }) {
  return <time dateTime={on}>{formatIn('UTC', 'day').format(new Date(`${on}T00:00:00Z`))}</time>
}

/** The short name of a zone at a moment, such as CEST or GMT+2. */
export function zoneName(moment: Date, timeZone: string): string {
  const parts = formatIn(timeZone, 'zone').formatToParts(moment)
  return parts.find(part => part.type === 'timeZoneName')?.value ?? timeZone
}
