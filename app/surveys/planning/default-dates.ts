/** The dates that a new plan begins with, as a wall of the organisation's zone shows them. Pure. */
import { addDays, addMonths, type Day, daysBetween } from '#app/measure/period.ts'
import { momentOfWall, wallTime } from '#app/platform/wall-time.ts'
import { COLLECTING_DAYS, type WaveDates } from '../wave.ts'

const ANSWERING_DAYS = 14

/** Collecting from next Monday at nine, answering two days later, closing two weeks after that at five. Wall times. */
export function defaultDates(today: Day): WaveDates {
  const toMonday = (8 - weekdayOf(today)) % 7 || 7
  const monday = addDays(today, toMonday)
  const answering = addDays(monday, COLLECTING_DAYS)
  return {
    collectingFrom: `${monday}T09:00`,
    answeringFrom: `${answering}T09:00`,
    closesAt: `${addDays(answering, ANSWERING_DAYS)}T17:00`,
  }
}

/**
 * The dates of a wave so many months later: from the same day of the week, at the same times on the wall, as long.
 * @returns moments in ISO 8601 UTC.
 */
export function datesMonthsLater(dates: WaveDates, months: number, timeZone: string): WaveDates {
  const wall = (moment: string) => wallTime(timeZone, Date.parse(moment))
  const first = wall(dates.collectingFrom).slice(0, 10)
  const shifted = addMonths(first, months)
  const later = addDays(shifted, (weekdayOf(first) - weekdayOf(shifted) + 7) % 7)
  const moved = (moment: string): string => {
    const [day, clock] = wall(moment).split('T') as [string, string]
    const text = `${addDays(later, daysBetween(first, day))}T${clock}`
    return new Date(momentOfWall(timeZone, text) ?? Date.parse(moment)).toISOString()
  }
  return {
    collectingFrom: moved(dates.collectingFrom),
    answeringFrom: moved(dates.answeringFrom),
    closesAt: moved(dates.closesAt),
  }
}

/** 1 for Monday to 7 for Sunday. */
function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}
