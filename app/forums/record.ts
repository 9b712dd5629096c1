/** The record of a forum: what was said of each item, kept when it closes. Names and titles are looked up when read. */
import { addDays, type Day } from '#app/measure/period.ts'
import type { Phase } from './harvest.ts'

export interface ItemRecord {
  itemId: string
  plannedSeconds: number
  /** Null for what was skipped. */
  spentSeconds: number | null
  notes: { phase: Phase; text: string }[]
  factors: string[]
  themes: { themeId: string; votes: number }[]
}

export interface ForumRecord {
  items: ItemRecord[]
  patterns: string[]
  parkingLot: string[]
}

/** Working days in which owners and dates of proposals are confirmed. */
export const DAYS_TO_CONFIRM = 5

/** Saturdays and Sundays are none. Holidays differ from place to place, and Candor does not know them. */
export function isWorkingDay(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** So many working days after a day. */
export function workingDaysAfter(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left--
  }
  return at
}

/** An item may take so much longer than planned and still count as on time. */
const GRACE_SECONDS = 60

export function isOnTime({ plannedSeconds, spentSeconds }: { plannedSeconds: number; spentSeconds: number }): boolean {
  return spentSeconds <= plannedSeconds + GRACE_SECONDS
}

/** 754 s → '13 min'. */
export function minutesInWords(seconds: number): string {
  return `${Math.round(seconds / 60)} min`
}
