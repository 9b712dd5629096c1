/** Periods [from, to) of whole days in a time zone, by Intl alone. Days are YYYY-MM-DD, moments ISO 8601 UTC. */

export type Day = string

export interface Period {
  /** 2026-07, 2026-Q3, 2026-H2, 2026, or 2026-07-03--2026-08-15 (last day excluded) for any other. */
  key: string
  /** The first day, and the day after the last. */
  firstDay: Day
  endDay: Day
  /** The moments at which those two days begin: an incident at t belongs here if from ≤ t < to. */
  from: string
  to: string
  timeZone: string
}

/** Calendar periods by length in months. */
const LENGTHS = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

export type PeriodKind = keyof typeof LENGTHS

const DAY = 86_400_000

/** @throws RangeError when these are not days in order. */
export function periodBetween(firstDay: Day, endDay: Day, timeZone: string): Period {
  if (!isDay(firstDay) || !isDay(endDay) || firstDay >= endDay)
    throw new RangeError(`${firstDay} to ${endDay} is no period.`)
  return period(firstDay, endDay, timeZone)
}

function period(firstDay: Day, endDay: Day, timeZone: string): Period {
  const [from, to] = [startOfDay(firstDay, timeZone), startOfDay(endDay, timeZone)]
  return { key: keyOf(firstDay, endDay), firstDay, endDay, from, to, timeZone }
}

/** The period with this key, or null when no period has it. */
export function periodNamed(key: string, timeZone: string): Period | null {
  const [, year, part, number, end] = /^(\d{4})(?:-([QH]?)(\d\d?)(?:-\d\d--(\d{4}-\d\d-\d\d))?)?$/.exec(key) ?? []
  if (!year) return null
  const months = number === undefined ? 12 : part === 'Q' ? 3 : part === 'H' ? 6 : 1
  const month = (Number(number ?? 1) - 1) * months + 1
  const firstDay = end ? key.slice(0, 10) : `${year}-${String(month).padStart(2, '0')}-01`
  if (!isDay(firstDay) || (end && (!isDay(end) || end <= firstDay))) return null
  const endDay = end ?? addMonths(firstDay, months)
  // There is one key for a period: 2026-7, 2026-Q03 or a long form of 2026-Q3 are not keys.
  return isDay(endDay) && keyOf(firstDay, endDay) === key ? periodBetween(firstDay, endDay, timeZone) : null
}

/** The month, quarter, half-year or year in which a day lies. */
export function periodAround(kind: PeriodKind, day: Day, timeZone: string): Period {
  const months = LENGTHS[kind]
  const month = Number(day.slice(5, 7)) - 1
  const firstDay = addMonths(`${day.slice(0, 8)}01`, -(month % months))
  return periodBetween(firstDay, addMonths(firstDay, months), timeZone)
}

/**
 * The equally long period that ends where this one begins: as many months before if this one is made of whole months
 * (the quarter before Q3 is Q2, though it has a day less), else as many days.
 */
export function periodBefore({ firstDay, endDay, timeZone }: Period): Period {
  const months = wholeMonths(firstDay, endDay)
  const start = months === null ? addDays(firstDay, -daysBetween(firstDay, endDay)) : addMonths(firstDay, -months)
  return period(start, firstDay, timeZone)
}

/** The period cut at the beginnings of months; its first and last piece may be parts of a month. */
export function monthsOf({ firstDay, endDay, timeZone }: Period): Period[] {
  const months: Period[] = []
  for (let day = firstDay; day < endDay; ) {
    const next = addMonths(`${day.slice(0, 8)}01`, 1)
    months.push(period(day, next < endDay ? next : endDay, timeZone))
    day = next
  }
  return months
}

export function daysOf({ firstDay, endDay }: Period): Day[] {
  return Array.from({ length: daysBetween(firstDay, endDay) }, (_, i) => addDays(firstDay, i))
}

export function isWithin(period: Period, moment: string): boolean {
  const time = Date.parse(moment)
  return Date.parse(period.from) <= time && time < Date.parse(period.to)
}

/** Whether this is a day of the calendar, of the years 1900 to 2199: others are slips of the pen. */
export function isDay(text: string): boolean {
  const time = /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) ? midnight(text) : Number.NaN
  return !Number.isNaN(time) && dayFrom(time) === text
}

export function addDays(day: Day, days: number): Day {
  return dayFrom(midnight(day) + days * DAY)
}

/** So many months on; the last day of the month where it has no such day (31 January + 1 = 28 February). */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(midnight(`${day.slice(0, 8)}01`))
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(date)
  last.setUTCMonth(date.getUTCMonth() + 1, 0)
  date.setUTCDate(Math.min(Number(day.slice(8)), last.getUTCDate()))
  return dayFrom(date.getTime())
}

/** Days from one to the other; negative when the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((midnight(to) - midnight(from)) / DAY)
}

/** The day that a calendar in this time zone shows at a moment. */
export function dayAt(moment: string | number, timeZone: string): Day {
  const time = typeof moment === 'number' ? moment : Date.parse(moment)
  return dayFrom(time + offsetAt(time, timeZone))
}

/**
 * The moment at which a day begins: when clocks there first show its midnight; where they jump over it (or over the
 * whole day), when they jump.
 */
export function startOfDay(day: Day, timeZone: string): string {
  const clock = midnight(day)
  const [before, after] = [offsetAt(clock - DAY, timeZone), offsetAt(clock + DAY, timeZone)]
  for (const offset of [before, after])
    if (offsetAt(clock - offset, timeZone) === offset) return new Date(clock - offset).toISOString()
  let [old, changed] = [clock - DAY, clock + DAY]
  while (changed - old > 1) {
    const middle = Math.floor((old + changed) / 2)
    if (offsetAt(middle, timeZone) === before) old = middle
    else changed = middle
  }
  return new Date(changed).toISOString()
}

function keyOf(firstDay: Day, endDay: Day): string {
  const months = wholeMonths(firstDay, endDay)
  const [year, month] = [firstDay.slice(0, 4), Number(firstDay.slice(5, 7)) - 1]
  if (months === 1) return firstDay.slice(0, 7)
  if (months === 3 && month % 3 === 0) return `${year}-Q${month / 3 + 1}`
  if (months === 6 && month % 6 === 0) return `${year}-H${month / 6 + 1}`
  if (months === 12 && month === 0) return year
  return `${firstDay}--${endDay}`
}

/** How many calendar months these days are, or null when they are not whole ones. */
function wholeMonths(firstDay: Day, endDay: Day): number | null {
  if (!firstDay.endsWith('-01') || !endDay.endsWith('-01')) return null
  return monthNumber(endDay) - monthNumber(firstDay)
}

function monthNumber(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

/** @throws RangeError when there is no such day. */
function dayFrom(time: number): Day {
  return new Date(time).toISOString().slice(0, 10)
}

/** Lists of dates name the same days again and again, and to parse one takes long. */
const midnights = new Map<Day, number>()
const MOST_MIDNIGHTS = 10_000

function midnight(day: Day): number {
  const known = midnights.get(day)
  if (known !== undefined) return known
  const time = Date.parse(`${day}T00:00:00Z`)
  if (midnights.size < MOST_MIDNIGHTS && !Number.isNaN(time)) midnights.set(day, time)
  return time
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** By how many milliseconds clocks in a time zone are ahead of UTC at a moment. */
function offsetAt(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  let format = formats.get(timeZone)
  if (!format) {
    const two = '2-digit'
    const date = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const
    format = new Intl.DateTimeFormat('en-US', { ...date, timeZone, calendar: 'gregory', hourCycle: 'h23' })
    formats.set(timeZone, format)
  }
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second)
  return shown - Math.floor(time / 1000) * 1000
}
