/** When a series of forums takes place: a rule in its own time zone, expanded day by day. Pure. */
import type { DaysOff } from '#app/identity/days-off.ts'
import { addDays, addMonths, type Day, daysBetween } from '#app/measure/period.ts'
import { momentOfWall } from '#app/platform/wall-time.ts'

/** Monday is 1, Sunday is 7, as ISO 8601 counts. */
export interface Rule {
  unit: 'week' | 'month'
  /** Each so many weeks or months, counted from the series' first day. */
  every: number
  weekday: number
  /** Which of that weekday in the month, -1 for the last; null for weeks. */
  nth: number | null
}

export interface Occurrence {
  day: Day
  /** ISO 8601 UTC. */
  startsAt: string
  /** Why there is none; null where there is one. */
  skipped: string | null
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ORDINALS: Record<string, string> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
}
const PERIODS: Record<number, string> = { 1: 'every month', 2: 'every second month', 3: 'every quarter' }
/** Further than anybody plans: a rule that has not come up by then never does. */
const MOST_STEPS = 1_000

export const RULE_CHOICES = {
  weekdays: WEEKDAYS.map((label, i) => ({ value: String(i + 1), label })),
  ordinals: ['1', '2', '3', '4', '-1', '5'].map(value => ({ value, label: ORDINALS[value]! })),
  rhythms: [
    { value: 'month-1', label: 'every month' },
    { value: 'month-2', label: 'every second month' },
    { value: 'month-3', label: 'every quarter' },
    { value: 'week-1', label: 'every week' },
    { value: 'week-2', label: 'every second week' },
    { value: 'week-4', label: 'every fourth week' },
  ],
}

/** The days of a rule from `from` on, the earliest first. @param firstOn the day from which on it counts. */
export function daysOfRule(rule: Rule, firstOn: Day, from: Day, count: number): Day[] {
  const days: Day[] = []
  const start = from > firstOn ? from : firstOn
  for (
    let step = firstStep(rule, firstOn, start), tried = 0;
    days.length < count && tried < MOST_STEPS;
    step++, tried++
  ) {
    const day = dayOfStep(rule, firstOn, step)
    if (day !== null && day >= start) days.push(day)
  }
  return days
}

function firstStep({ unit, every }: Rule, firstOn: Day, start: Day): number {
  const days = daysBetween(firstOn, start)
  return Math.max(0, Math.floor(days / (every * (unit === 'week' ? 7 : 31))) - 1)
}

/** The rule's day in the nth week or month that it names; null where that month has none. */
function dayOfStep({ unit, every, weekday, nth }: Rule, firstOn: Day, step: number): Day | null {
  if (unit === 'week') return addDays(firstOn, ahead(firstOn, weekday) + 7 * every * step)
  const month = addMonths(`${firstOn.slice(0, 8)}01`, every * step)
  if (nth === -1) {
    const last = addDays(addMonths(month, 1), -1)
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7))
  }
  const day = addDays(month, ahead(month, weekday) + 7 * ((nth ?? 1) - 1))
  return day.slice(0, 7) === month.slice(0, 7) ? day : null
}

function ahead(day: Day, weekday: number): number {
  return (weekday - weekdayOf(day) + 7) % 7
}

function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

export interface SeriesTimes {
  rule: Rule
  firstOn: Day
  timeZone: string
  /** HH:MM */
  startsAtWall: string
}

/** The moment at which a forum of the series begins on a day: its wall time is the same in summer and winter. */
export function startOn({ timeZone, startsAtWall }: Pick<SeriesTimes, 'timeZone' | 'startsAtWall'>, day: Day): string {
  return new Date(momentOfWall(timeZone, `${day}T${startsAtWall}`)!).toISOString()
}

/** Days on which a series has no forum. */
export interface LeftOut {
  /** Why, by day. */
  byHand: ReadonlyMap<Day, string>
  /** The organisation's, for everybody. */
  daysOff: DaysOff
  /** Days off on which the series meets all the same. */
  held: ReadonlySet<Day>
}

/** Why there is no forum on a day: what somebody wrote, else the name of the day off; null where there is one. */
export function whyLeftOut({ byHand, daysOff, held }: LeftOut, day: Day): string | null {
  return byHand.get(day) ?? (held.has(day) ? null : (daysOff.get(day) ?? null))
}

/** The next days of a series, those that are skipped among them. */
export function occurrences(
  series: SeriesTimes,
  { from, count, leftOut }: { from: Day; count: number; leftOut: LeftOut },
): Occurrence[] {
  return daysOfRule(series.rule, series.firstOn, from, count).map(day => ({
    day,
    startsAt: startOn(series, day),
    skipped: whyLeftOut(leftOut, day),
  }))
}

/** 'the third Tuesday of every month', 'every second Wednesday'. */
export function ruleInWords({ unit, every, weekday, nth }: Rule): string {
  const name = WEEKDAYS[weekday - 1]
  if (unit === 'month') return `the ${ORDINALS[String(nth)]} ${name} of ${PERIODS[every] ?? `every ${every} months`}`
  if (every === 1) return `every ${name}`
  return every === 2 ? `every second ${name}` : `every ${every} weeks on ${name}`
}

/**
 * Why a rule will not do what its words promise, with the next five dates; null when it will. Months without a fifth
 * Tuesday have no forum, which hardly anybody means.
 */
export function troubleWith(rule: Rule, firstOn: Day): string | null {
  if (rule.unit !== 'month' || rule.nth !== 5) return null
  const name = WEEKDAYS[rule.weekday - 1]
  const next = daysOfRule(rule, firstOn, firstOn, 5).map(day => DAY.format(new Date(`${day}T00:00:00Z`)))
  return `Most months have no fifth ${name}. The next five dates would be ${next.join(', ')}. The last ${name} comes every time.`
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
