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
