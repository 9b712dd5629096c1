import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysOfRule, occurrences, type Rule, ruleInWords, startOn, troubleWith } from '#app/forums/recurrence.ts'
import { nextInRota } from '#app/forums/rota.ts'
import { addDays, daysBetween } from '#app/measure/period.ts'
import { wallTime } from '#app/platform/wall-time.ts'

const thirdTuesday: Rule = { unit: 'month', every: 1, weekday: 2, nth: 3 }
const lastThursday: Rule = { unit: 'month', every: 1, weekday: 4, nth: -1 }
const secondWednesdays: Rule = { unit: 'week', every: 2, weekday: 3, nth: null }
const quarterly: Rule = { unit: 'month', every: 3, weekday: 2, nth: 3 }

const nothing = { byHand: new Map(), daysOff: new Map(), held: new Set<string>() }
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
const anyDay = fc.integer({ min: 0, max: 60_000 }).map(days => addDays('1990-01-01', days))
const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    unit: fc.constant('month' as const),
    every: fc.integer({ min: 1, max: 6 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    nth: fc.constantFrom(1, 2, 3, 4, 5, -1),
  }),
  fc.record({
    unit: fc.constant('week' as const),
    every: fc.integer({ min: 1, max: 8 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    nth: fc.constant(null),
  }),
)

describe('the days of a series', () => {
  it('are the third Tuesdays, the last Thursdays, every second Wednesday, one day a quarter', () => {
    const next = (rule: Rule, from = '2026-11-20') => daysOfRule(rule, '2026-01-01', from, 3)
    expect(next(thirdTuesday)).toEqual(['2026-12-15', '2027-01-19', '2027-02-16'])
    expect(next(lastThursday)).toEqual(['2026-11-26', '2026-12-31', '2027-01-28'])
    expect(next(secondWednesdays)).toEqual(['2026-11-25', '2026-12-09', '2026-12-23'])
    expect(next(quarterly)).toEqual(['2027-01-19', '2027-04-20', '2027-07-20'])
    expect(next({ unit: 'week', every: 1, weekday: 5, nth: null })).toEqual(['2026-11-20', '2026-11-27', '2026-12-04'])
  })

  it('fall on the rule’s weekday, in order, never before the day asked for, each once', () => {
    fc.assert(
      fc.property(anyRule, anyDay, fc.integer({ min: -500, max: 3_000 }), (rule, firstOn, ahead) => {
        const from = addDays(firstOn, ahead)
        const days = daysOfRule(rule, firstOn, from, 6)
        expect(days).toHaveLength(6)
        for (const day of days) {
          expect(weekday(day)).toBe(rule.weekday)
          expect(day >= from && day >= firstOn).toBe(true)
          if (rule.unit === 'month' && rule.nth !== -1) expect(Math.ceil(Number(day.slice(8)) / 7)).toBe(rule.nth)
          if (rule.nth === -1) expect(addDays(day, 7).slice(0, 7) > day.slice(0, 7)).toBe(true)
        }
        expect([...new Set(days)].sort()).toEqual(days)
      }),
    )
  })

  it('are the same whichever day one looks from', () => {
    fc.assert(
      fc.property(anyRule, anyDay, fc.integer({ min: 0, max: 5 }), (rule, firstOn, skipped) => {
        const all = daysOfRule(rule, firstOn, firstOn, 8)
        const from = all[skipped]!
        expect(daysOfRule(rule, firstOn, from, 8 - skipped)).toEqual(all.slice(skipped))
      }),
    )
  })

  it('keep their distance in weeks', () => {
    const days = daysOfRule(secondWednesdays, '2026-01-01', '2030-06-01', 20)
    for (const [i, day] of days.slice(1).entries()) expect(daysBetween(days[i]!, day)).toBe(14)
  })

  it('that seldom come up are said so, with the next five dates', () => {
    const trouble = troubleWith({ ...thirdTuesday, nth: 5 }, '2026-11-23')
    expect(trouble).toBe(
      'Most months have no fifth Tuesday. The next five dates would be 29 Dec 2026, 30 Mar 2027, 29 Jun 2027, 31 Aug 2027, 30 Nov 2027. The last Tuesday comes every time.',
    )
    expect(troubleWith(thirdTuesday, '2026-11-23')).toBeNull()
  })

  it('are told in words', () => {
    expect([thirdTuesday, lastThursday, secondWednesdays, quarterly].map(ruleInWords)).toEqual([
      'the third Tuesday of every month',
      'the last Thursday of every month',
      'every second Wednesday',
      'the third Tuesday of every quarter',
    ])
  })
})

describe('the hour of a series', () => {
  it('is the same on the clocks of its zone in summer and in winter, in Kolkata, Berlin and San Francisco', () => {
    const zones = fc.constantFrom('Asia/Kolkata', 'Europe/Berlin', 'America/Los_Angeles')
    const clock = fc.integer({ min: 4 * 60, max: 23 * 60 + 59 }).map(minutes => {
      const two = (n: number) => String(n).padStart(2, '0')
      return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
    })
    fc.assert(
      fc.property(anyRule, anyDay, zones, clock, (rule, firstOn, timeZone, startsAtWall) => {
        const series = { rule, firstOn, timeZone, startsAtWall }
        for (const one of occurrences(series, { from: firstOn, count: 8, leftOut: nothing }))
          expect(wallTime(timeZone, Date.parse(one.startsAt))).toBe(`${one.day}T${startsAtWall}`)
      }),
    )
  })

  it('moves in UTC when the clocks of its zone do, also on that very day', () => {
    const berlin = { timeZone: 'Europe/Berlin', startsAtWall: '15:00' }
    expect(startOn(berlin, '2027-03-27')).toBe('2027-03-27T14:00:00.000Z')
    expect(startOn(berlin, '2027-03-28')).toBe('2027-03-28T13:00:00.000Z')
    expect(startOn(berlin, '2026-10-25')).toBe('2026-10-25T14:00:00.000Z')
    expect(startOn({ ...berlin, startsAtWall: '00:00' }, '2027-03-28')).toBe('2027-03-27T23:00:00.000Z')
    const francisco = { timeZone: 'America/Los_Angeles', startsAtWall: '08:00' }
    expect(startOn(francisco, '2027-03-14'), 'two weeks before Berlin').toBe('2027-03-14T15:00:00.000Z')
    expect(startOn({ timeZone: 'Asia/Kolkata', startsAtWall: '00:15' }, '2027-03-28')).toBe('2027-03-27T18:45:00.000Z')
  })

  it('that the clocks leave out is counted on from before; of one that comes twice the first is meant', () => {
    const at = (startsAtWall: string, day: string) => startOn({ timeZone: 'Europe/Berlin', startsAtWall }, day)
    expect(at('02:30', '2027-03-28')).toBe('2027-03-28T01:30:00.000Z')
    expect(at('02:30', '2026-10-25')).toBe('2026-10-25T00:30:00.000Z')
  })
})

it('the rota goes round, passes over whoever is away, and knows when nobody can', () => {
  const rota = ['ada', 'ben', 'cem']
  const here = () => false
  expect(nextInRota(rota, null, here)).toBe('ada')
  expect(nextInRota(rota, 'cem', here)).toBe('ada')
  expect(nextInRota(rota, 'ada', id => id === 'ben')).toBe('cem')
  expect(nextInRota(rota, 'somebody else', here)).toBe('ada')
  expect(nextInRota(rota, 'ada', () => true)).toBeNull()
  expect(nextInRota([], null, here)).toBeNull()
})
