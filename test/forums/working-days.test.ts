import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRemindedOn, isWorkingDay, workingDayFrom, workingDaysAfter } from '#app/forums/working-days.ts'
import { addDays, daysBetween } from '#app/measure/period.ts'

const NONE = new Map<string, string>()
const anyDay = fc.integer({ min: 0, max: 20_000 }).map(n => addDays('2020-01-01', n))
/** A day, and days off before and after it, several in a row among them. */
const around = anyDay.chain(day =>
  fc.record({
    day: fc.constant(day),
    daysOff: fc
      .array(fc.integer({ min: -20, max: 60 }), { maxLength: 25 })
      .map(distances => new Map(distances.map(distance => [addDays(day, distance), 'Off']))),
  }),
)
const count = fc.integer({ min: 0, max: 12 })
const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
const daysAfter = (day: string, until: string) =>
  Array.from({ length: daysBetween(day, until) }, (_, n) => addDays(day, n + 1))

describe('working days', () => {
  it('five of them are a week, whatever the day, where nobody has another day off', () => {
    fc.assert(
      fc.property(anyDay, day => {
        const until = workingDaysAfter(day, 5, NONE)
        expect(isWeekend(until)).toBe(false)
        expect(daysBetween(day, until)).toBeGreaterThanOrEqual(5)
        expect(daysBetween(day, until)).toBeLessThanOrEqual(7)
      }),
    )
  })

  it('lie in their number between a day and the one that they lead to, which is one itself', () => {
    fc.assert(
      fc.property(around, count, ({ day, daysOff }, count) => {
        const until = workingDaysAfter(day, count, daysOff)
        const between = daysAfter(day, until)
        expect(between.filter(one => !isWeekend(one) && !daysOff.has(one))).toHaveLength(count)
        if (count > 0) expect(isWorkingDay(until, daysOff)).toBe(true)
      }),
    )
  })

  it('add up, and one day off more never leads to an earlier day', () => {
    fc.assert(
      fc.property(around, count, count, fc.integer({ min: 0, max: 30 }), ({ day, daysOff }, one, other, off) => {
        const until = workingDaysAfter(day, one + other, daysOff)
        expect(workingDaysAfter(workingDaysAfter(day, one, daysOff), other, daysOff)).toBe(until)
        const more = new Map(daysOff).set(addDays(day, off), 'Off')
        expect(workingDaysAfter(day, one + other, more) >= until).toBe(true)
      }),
    )
  })

  it('begin with the first one that is no day off, from the day itself on', () => {
    fc.assert(
      fc.property(around, ({ day, daysOff }) => {
        const first = workingDayFrom(day, daysOff)
        expect(isWorkingDay(first, daysOff)).toBe(true)
        for (const one of daysAfter(addDays(day, -1), addDays(first, -1)))
          expect(isWorkingDay(one, daysOff)).toBe(false)
      }),
    )
  })
})

describe('reminders of proposals', () => {
  const reminded = (confirmBy: string, daysOff: ReadonlyMap<string, string>) =>
    Array.from({ length: 90 }, (_, n) => addDays(confirmBy, n - 40)).filter(day =>
      isRemindedOn(day, confirmBy, daysOff),
    )

  it('come three working days and one before, on the day, and weekly for four weeks after', () => {
    expect(
      reminded('2026-12-22', NONE).map(day => day.slice(5)),
      'a Tuesday',
    ).toEqual([...['12-17', '12-21', '12-22'], ...['12-29', '01-05', '01-12', '01-19']])
    expect(
      reminded('2026-12-28', NONE)
        .slice(0, 3)
        .map(day => day.slice(5)),
      'a Monday',
    ).toEqual(['12-23', '12-25', '12-28'])
  })

  it('come when people are back: before a last day after holidays, and later where a week ends on one', () => {
    const daysOff = new Map(
      ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01', '2027-01-04'].map(day => [day, 'Off']),
    )
    expect(reminded('2026-12-28', daysOff).map(day => day.slice(5))).toEqual([
      ...['12-21', '12-23', '12-28'],
      ...['01-05', '01-11', '01-18', '01-25'],
    ])
  })

  it('are never sent on a day off, and at most three before and four after a last day', () => {
    fc.assert(
      fc.property(around, ({ day, daysOff }) => {
        const days = reminded(day, daysOff)
        const last = workingDayFrom(day, daysOff)
        expect(days.every(one => isWorkingDay(one, daysOff))).toBe(true)
        expect(days.filter(one => one <= last)).toHaveLength(3)
        expect(days.filter(one => one > last).length).toBeLessThanOrEqual(4)
        expect(days).toContain(last)
      }),
      { numRuns: 200 },
    )
  })
})
