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

type Shown = 'day' | 'minute' | 'clock'

/** A moment (ISO 8601 UTC), shown as a day or to the minute in the viewer's zone. */
export function When({ at, show, zone }: { at: string; show?: Shown; zone?: string }) {
  const own = useShell()?.viewer.timeZone
  return <Moment at={at} show={show} zone={zone ?? own ?? 'UTC'} />
}

/** A moment in a certain zone, also where nobody is looking: in mails and on paper. */
export function Moment({ at, show = 'day', zone }: { at: string; show?: Shown; zone: string }) {
  const moment = new Date(at)
  return (
    <time dateTime={at} title={`${formatIn(zone, 'minute').format(moment)} ${zoneName(moment, zone)}`}>
      {formatIn(zone, show).format(moment)}
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
