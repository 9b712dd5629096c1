/** Periods as people call them. */
import { addDays, type Day, type Period } from '#app/measure/period.ts'

const ORDINALS = ['First', 'Second', 'Third', 'Fourth']

/** 'Third quarter 2026', 'July 2026', 'First half of 2026', '2026', '3 July to 14 August 2026'. */
export function periodTitle({ key, firstDay, endDay }: Pick<Period, 'key' | 'firstDay' | 'endDay'>): string {
  const year = key.slice(0, 4)
  if (/^\d{4}$/.test(key)) return year
  const part = /^\d{4}-([QH])(\d)$/.exec(key)
  if (part) return `${ORDINALS[Number(part[2]) - 1]} ${part[1] === 'Q' ? 'quarter' : 'half of'} ${year}`
  if (/^\d{4}-\d\d$/.test(key)) return dayText(firstDay, { month: 'long', year: 'numeric' })
  const last = addDays(endDay, -1)
  const isOneYear = firstDay.slice(0, 4) === last.slice(0, 4)
  const first = dayText(firstDay, { day: 'numeric', month: 'long', year: isOneYear ? undefined : 'numeric' })
  return `${first} to ${dayText(last, { day: 'numeric', month: 'long', year: 'numeric' })}`
}

/** The period before, as a sentence refers to it: 'the quarter before'. */
export function periodBeforeInWords({ key }: Pick<Period, 'key'>): string {
  if (/^\d{4}$/.test(key)) return 'the year before'
  if (/Q\d$/.test(key)) return 'the quarter before'
  if (/H\d$/.test(key)) return 'the half-year before'
  return /^\d{4}-\d\d$/.test(key) ? 'the month before' : 'the equally long time before'
}

/** 'this quarter', for a sentence that is read at any time. */
export function periodInWords({ key }: Pick<Period, 'key'>): string {
  if (/^\d{4}$/.test(key)) return 'the year'
  if (/Q\d$/.test(key)) return 'the quarter'
  if (/H\d$/.test(key)) return 'the half-year'
  return /^\d{4}-\d\d$/.test(key) ? 'the month' : 'the period'
}

/** 'Jul 2026' */
export function monthLabel(firstDay: Day): string {
  return dayText(firstDay, { month: 'short', year: 'numeric' }).replace('Sept', 'Sep')
}

const formats = new Map<string, Intl.DateTimeFormat>()

function dayText(day: Day, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  formats.set(key, format)
  return format.format(Date.parse(`${day}T00:00:00Z`))
}
