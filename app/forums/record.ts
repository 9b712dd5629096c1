/** The record of a forum: what was said of each item, kept when it closes. Names and titles are looked up when read. */
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

/** An item may take so much longer than planned and still count as on time. */
const GRACE_SECONDS = 60

export function isOnTime({ plannedSeconds, spentSeconds }: { plannedSeconds: number; spentSeconds: number }): boolean {
  return spentSeconds <= plannedSeconds + GRACE_SECONDS
}

/** 754 s → '13 min'. */
export function minutesInWords(seconds: number): string {
  return `${Math.round(seconds / 60)} min`
}
