/** What the hour is made of: an opening, a slot for each item, patterns across them, and a buffer. Pure. */

export const SLOT_MINUTES = 15
export const DEFAULT_PHASES = { context: 3, discussion: 10, capture: 2 } as const
export const DEFAULT_FRAME = { opening: 5, patterns: 5, buffer: 5 } as const
/** More slots than that are a second forum. */
export const MOST_ITEMS = 12

export interface Phases {
  context: number
  discussion: number
  capture: number
}

export interface Frame {
  opening: number
  patterns: number
  buffer: number
}

export interface Sum {
  /** Everything but the buffer. */
  planned: number
  total: number
  /** How many minutes of the forum are left; negative when there is more on the agenda than time. */
  left: number
  /** How many more slots fit. */
  slotsLeft: number
}

export function minutesOf({ context, discussion, capture }: Phases): number {
  return context + discussion + capture
}

/** An item takes whole slots: how it divides them is its own affair. */
export function fillsSlots(phases: Phases): boolean {
  const minutes = minutesOf(phases)
  return minutes > 0 && minutes % SLOT_MINUTES === 0
}

export function sumOf(frame: Frame, items: readonly Phases[], minutes: number): Sum {
  const planned = frame.opening + frame.patterns + items.reduce((sum, item) => sum + minutesOf(item), 0)
  const total = planned + frame.buffer
  const left = minutes - total
  return { planned, total, left, slotsLeft: Math.max(0, Math.floor(left / SLOT_MINUTES)) }
}

/** '60 of 60 minutes', '5 minutes more than the hour has'. */
export function sumInWords({ total, left }: Sum, minutes: number): string {
  if (left < 0) return `${total} minutes: ${-left} more than the ${minutes} there are`
  return `${total} of ${minutes} minutes${left > 0 ? `, ${left} to spare` : ''}`
}

/** Minutes after the beginning at which the opening, each item, the patterns and the buffer begin. */
export function offsetsOf(
  frame: Frame,
  items: readonly Phases[],
): { items: number[]; patterns: number; buffer: number } {
  let at = frame.opening
  const starts = items.map(item => {
    const start = at
    at += minutesOf(item)
    return start
  })
  return { items: starts, patterns: at, buffer: at + frame.patterns }
}

/** The list with one entry a place earlier or later; unchanged at either end. */
export function moved<T>(list: readonly T[], entry: T, by: -1 | 1): T[] {
  const from = list.indexOf(entry)
  const to = from + by
  if (from < 0 || to < 0 || to >= list.length) return [...list]
  const next = [...list]
  next.splice(from, 1)
  next.splice(to, 0, entry)
  return next
}

/** 400 words are read in two minutes: an unhurried adult's pace (Brysbaert, J. Memory and Language 109, 2019: 238 a minute). */
export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / 238))
}
