/** Which days are worked on, and how many lie between two of them. Pure. */
import type { DaysOff } from '#app/identity/days-off.ts'
import { addDays, type Day } from '#app/measure/period.ts'

/** Saturdays, Sundays and the organisation's days off are none. */
export function isWorkingDay(day: Day, daysOff: DaysOff): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !daysOff.has(day)
}

/** So many working days after a day. */
export function workingDaysAfter(day: Day, count: number, daysOff: DaysOff): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at, daysOff)) left--
  }
  return at
}

/** The day itself where it is worked on, else the next that is. */
export function workingDayFrom(day: Day, daysOff: DaysOff): Day {
  return isWorkingDay(day, daysOff) ? day : workingDaysAfter(day, 1, daysOff)
}

/** Weeks after the last day in which proposals that wait are still spoken of. */
const LATE_WEEKS = [1, 2, 3, 4]

/**
 * Whether proposals that are to be confirmed by a day are spoken of today: three working days and one before, on the
 * day, and every week for four weeks after; never on a day that is not worked on, but on the next one that is.
 */
export function isRemindedOn(today: Day, confirmBy: Day, daysOff: DaysOff): boolean {
  if (!isWorkingDay(today, daysOff)) return false
  const last = workingDayFrom(confirmBy, daysOff)
  return today > last
    ? LATE_WEEKS.some(weeks => workingDayFrom(addDays(confirmBy, 7 * weeks), daysOff) === today)
    : [0, 1, 3].some(days => workingDaysAfter(today, days, daysOff) === last)
}
