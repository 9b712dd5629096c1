/** When a recurring job is due: pure. A slot is the day that it is for, so that every instance names it alike. */
import { dayIn } from './clock.ts'

/** Today, once the clock in this zone shows the hour; null before. */
export function dailySlot(now: number, timeZone: string, hour: number): string | null {
  return hourIn(timeZone, now) >= hour ? dayIn(timeZone, now) : null
}

/** Days for which a weekly job that nobody was up for is still done. */
const LATE_DAYS = 2

/**
 * The day of this week's turn, from its hour on and for two days more; null otherwise.
 * @param weekday 1 for Monday to 7 for Sunday.
 */
export function weeklySlot(
  now: number,
  timeZone: string,
  { weekday, hour }: { weekday: number; hour: number },
): string | null {
  const today = dayIn(timeZone, now)
  const midnight = Date.parse(`${today}T00:00:00Z`)
  const since = ((new Date(midnight).getUTCDay() || 7) - weekday + 7) % 7
  if (since > LATE_DAYS || (since === 0 && hourIn(timeZone, now) < hour)) return null
  return new Date(midnight - since * 86_400_000).toISOString().slice(0, 10)
}

function hourIn(timeZone: string, now: number): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now))
}
