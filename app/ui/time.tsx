/** Times: absolute with zone in the title, the machine's form in datetime, everyone in their own zone. */
import { useShell } from './viewer.ts'

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const MINUTE: Intl.DateTimeFormatOptions = { ...DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

/** A moment (ISO 8601 UTC), shown as a day or to the minute in the viewer's zone. */
export function When({ at, show = 'day', zone }: { at: string; show?: 'day' | 'minute' | 'clock'; zone?: string }) {
  const own = useShell()?.viewer.timeZone
  const timeZone = zone ?? own ?? 'UTC'
  const moment = new Date(at)
  const format =
    show === 'day'
      ? DAY
      : show === 'minute'
        ? MINUTE
        : ({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const)
  return (
    <time
      dateTime={at}
      title={`${new Intl.DateTimeFormat('en-GB', { ...MINUTE, timeZone }).format(moment)} ${zoneName(moment, timeZone)}`}
    >
      {new Intl.DateTimeFormat('en-GB', { ...format, timeZone }).format(moment)}
    </time>
  )
}

/** A calendar day (YYYY-MM-DD), which has no zone. */
export function Day({ on }: { on: string }) {
  return (
    <time dateTime={on}>
      {new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: 'UTC' }).format(new Date(`${on}T00:00:00Z`))}
    </time>
  )
}

/** The short name of a zone at a moment, such as CEST or GMT+2. */
export function zoneName(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' }).formatToParts(moment)
  return parts.find(part => part.type === 'timeZoneName')?.value ?? timeZone
}

/** A duration in words that fit a headline: `41 min`, `3 h 20 min`, `2 days`. */
export function durationInWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 12) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
  if (hours < 96) return `${Math.round(minutes / 60)} h`
  return `${Math.round(minutes / 60 / 24)} days`
}

/** How long ago or until, for text: `3 days ago`, `in 2 hours`. */
export function relative(at: string, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const format = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' })
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ]
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit)
  return 'just now'
}
