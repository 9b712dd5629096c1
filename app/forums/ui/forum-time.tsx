/** When a forum begins: on the clocks of its own zone, and on the reader's where those differ. */
import { zoneName } from '#app/ui/time.tsx'
import { useShell } from '#app/ui/viewer.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(moment: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone })
  formats.set(key, known)
  return known.format(moment)
}

const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

export function ForumTime({ at, zone }: { at: string; zone: string }) {
  const own = useShell()?.viewer.timeZone ?? zone
  return (
    <time dateTime={at} title={zone.replaceAll('_', ' ')}>
      {forumTimeText(at, zone, own)}
    </time>
  )
}

/** 'Tue, 24 Nov 2026, 15:00 CET, 19:30 for you'. */
export function forumTimeText(at: string, zone: string, own: string): string {
  const moment = new Date(at)
  const [clock, ownClock] = [format(moment, zone, CLOCK), format(moment, own, CLOCK)]
  const [day, ownDay] = [format(moment, zone, DAY), format(moment, own, DAY)]
  const there = `${day}, ${clock} ${zoneName(moment, zone)}`
  if (clock === ownClock && day === ownDay) return there
  return `${there}, ${day === ownDay ? '' : `${ownDay}, `}${ownClock} for you`
}

/** The clock of the forum's zone so many minutes after its beginning. */
export function clockAfter(at: string, zone: string, minutes: number): string {
  return format(new Date(Date.parse(at) + minutes * 60_000), zone, CLOCK)
}
