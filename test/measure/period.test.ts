import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dayAt,
  daysBetween,
  daysOf,
  isDay,
  isWithin,
  monthsOf,
  periodAround,
  periodBefore,
  periodBetween,
  periodNamed,
  startOfDay,
} from '#app/measure/period.ts'

const HOUR = 3_600_000
/** Those with odd rules: half hours, clocks that jump over midnight, southern summers, a skipped day, Ramadan. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/Havana',
  'America/Nuuk',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Niue',
]
const zone = fc.constantFrom(...ZONES)
const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
/** Days from 2012, since when no clock goes back over a midnight it had already passed, to 2037. */
const day = fc.integer({ min: 0, max: 9400 }).map(days => addDays('2012-01-01', days))
const FEW = { numRuns: 300 }

describe('a period', () => {
  it('is named by its key', () => {
    expect(periodNamed('2026-Q3', 'UTC')).toEqual({
      key: '2026-Q3',
      firstDay: '2026-07-01',
      endDay: '2026-10-01',
      from: '2026-07-01T00:00:00.000Z',
      to: '2026-10-01T00:00:00.000Z',
      timeZone: 'UTC',
    })
    const days = (key: string) => {
      const period = periodNamed(key, 'UTC')
      return period && [period.firstDay, period.endDay]
    }
    expect(days('2026-07')).toEqual(['2026-07-01', '2026-08-01'])
    expect(days('2026-12')).toEqual(['2026-12-01', '2027-01-01'])
    expect(days('2026-H2')).toEqual(['2026-07-01', '2027-01-01'])
    expect(days('2026-Q1')).toEqual(['2026-01-01', '2026-04-01'])
    expect(days('2026')).toEqual(['2026-01-01', '2027-01-01'])
    expect(days('2026-07-03--2026-08-15')).toEqual(['2026-07-03', '2026-08-15'])
    expect(days('2026-07-01--2026-09-01')).toEqual(['2026-07-01', '2026-09-01'])
  })

  it.each([
    '',
    '2026-Q0',
    '2026-Q5',
    '2026-H3',
    '2026-00',
    '2026-13',
    '2026-7',
    '2026-Q03',
    '26-Q3',
    '2026-07-03',
    '2026-07-01--2026-10-01',
    '2026-08-15--2026-07-03',
    '2026-07-03--2026-07-03',
    '2026-02-30--2026-03-05',
    '2026-Q1-01--2026-07-03',
    '9999-Q4',
    '0000',
    '2026-Q3 ',
    'constructor',
  ])('has no other name such as %j', key => {
    expect(periodNamed(key, 'UTC')).toBeNull()
  })

  it('has the key of what it is, however it was asked for', () => {
    expect(periodBetween('2026-07-01', '2026-10-01', 'UTC').key).toBe('2026-Q3')
    expect(periodBetween('2026-08-01', '2026-11-01', 'UTC').key).toBe('2026-08-01--2026-11-01')
    expect(periodBetween('2026-01-01', '2028-01-01', 'UTC').key).toBe('2026-01-01--2028-01-01')
    expect(() => periodBetween('2026-07-01', '2026-07-01', 'UTC')).toThrow(RangeError)
    expect(() => periodBetween('2026-07-01', '2026-07-32', 'UTC')).toThrow(RangeError)
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 800 }), zone, (first, days, zone) => {
        const period = periodBetween(first, addDays(first, days), zone)
        expect(periodNamed(period.key, zone)).toEqual(period)
      }),
      FEW,
    )
  })

  it('around a day is the month, quarter, half-year or year it lies in', () => {
    const key = (kind: Parameters<typeof periodAround>[0], day: string) => periodAround(kind, day, 'UTC').key
    expect(key('month', '2026-08-31')).toBe('2026-08')
    expect(key('quarter', '2026-08-31')).toBe('2026-Q3')
    expect(key('quarter', '2026-12-31')).toBe('2026-Q4')
    expect(key('half-year', '2026-06-30')).toBe('2026-H1')
    expect(key('half-year', '2026-07-01')).toBe('2026-H2')
    expect(key('year', '2026-07-01')).toBe('2026')
  })

  it('has before it one of as many months if it is made of months, else of as many days', () => {
    const keyBefore = (key: string) => periodBefore(periodNamed(key, 'Europe/Berlin')!).key
    expect(keyBefore('2026-Q3')).toBe('2026-Q2')
    expect(keyBefore('2026-Q1')).toBe('2025-Q4')
    expect(keyBefore('2026-03')).toBe('2026-02')
    expect(keyBefore('2026-H1')).toBe('2025-H2')
    expect(keyBefore('2026')).toBe('2025')
    expect(keyBefore('2026-08-01--2026-10-01')).toBe('2026-06-01--2026-08-01')
    expect(keyBefore('2026-07-03--2026-07-13')).toBe('2026-06-23--2026-07-03')
  })

  it('takes in its first moment and not its last', () => {
    const period = periodNamed('2026-Q3', 'Europe/Berlin')!
    expect(period.from).toBe('2026-06-30T22:00:00.000Z')
    expect(isWithin(period, '2026-06-30T21:59:59.999Z')).toBe(false)
    expect(isWithin(period, '2026-06-30T22:00:00.000Z')).toBe(true)
    expect(isWithin(period, '2026-07-01T00:00:00+02:00')).toBe(true)
    expect(isWithin(period, '2026-09-30T21:59:59.999Z')).toBe(true)
    expect(isWithin(period, '2026-09-30T22:00:00Z')).toBe(false)
  })

  it('is cut into months without gap or overlap', () => {
    expect(monthsOf(periodNamed('2026-Q3', 'UTC')!).map(month => month.key)).toEqual(['2026-07', '2026-08', '2026-09'])
    expect(monthsOf(periodNamed('2026-07-03--2026-08-15', 'UTC')!).map(month => month.key)).toEqual([
      '2026-07-03--2026-08-01',
      '2026-08-01--2026-08-15',
    ])
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 800 }), zone, (first, days, zone) => {
        const period = periodBetween(first, addDays(first, days), zone)
        const months = monthsOf(period)
        expect(months[0]!.from).toBe(period.from)
        expect(months.at(-1)!.to).toBe(period.to)
        for (const [i, month] of months.slice(1).entries()) expect(month.from).toBe(months[i]!.to)
        expect(months.flatMap(daysOf)).toEqual(daysOf(period))
      }),
      { numRuns: 60 },
    )
  })

  it('ends where the next begins: the one before the next is itself, for whole months', () => {
    fc.assert(
      fc.property(day, zone, fc.constantFrom('month', 'quarter', 'half-year', 'year'), (day, zone, kind) => {
        const period = periodAround(kind, day, zone)
        const next = periodAround(kind, period.endDay, zone)
        expect(next.from).toBe(period.to)
        expect(periodBefore(next)).toEqual(period)
        expect(daysOf(period)).toContain(day)
      }),
      FEW,
    )
  })
})

describe('a day in a time zone', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 25],
    ['2026-07-01', 'Asia/Kathmandu', '2026-06-30T18:15:00.000Z', 24],
    // Clocks go from 23:59:59 to 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 23],
    ['2024-03-31', 'Asia/Beirut', '2024-03-30T22:00:00.000Z', 23],
    // Clocks show 00:00 to 01:00 twice; the day begins with the first.
    ['2024-11-03', 'America/Havana', '2024-11-03T04:00:00.000Z', 25],
    // Clocks go from midnight back to 23:00: the day before has 25 hours.
    ['2018-02-17', 'America/Sao_Paulo', '2018-02-17T02:00:00.000Z', 25],
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00.000Z', 24.5],
    // Samoa had no 30 December 2011.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 0],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 24],
  ])('%s in %s begins at %s and has %d hours', (day, zone, begins, hours) => {
    expect(startOfDay(day, zone)).toBe(begins)
    expect((Date.parse(startOfDay(addDays(day, 1), zone)) - Date.parse(begins)) / HOUR).toBe(hours)
  })

  it('begins with its first moment, in every zone', () => {
    fc.assert(
      fc.property(day, anyZone, (day, zone) => {
        const begins = Date.parse(startOfDay(day, zone))
        expect(dayAt(begins, zone)).toBe(day)
        expect(dayAt(begins - 1, zone)).toBe(addDays(day, -1))
      }),
      { numRuns: 1500 },
    )
  })

  it('holds the moments that the calendar there shows', () => {
    const moment = fc.integer({ min: Date.UTC(2012, 0, 2), max: Date.UTC(2037, 0, 1) })
    fc.assert(
      fc.property(moment, zone, (moment, zone) => {
        const day = dayAt(moment, zone)
        const begins = Date.parse(startOfDay(day, zone))
        const ends = Date.parse(startOfDay(addDays(day, 1), zone))
        expect(begins <= moment && moment < ends).toBe(true)
        expect([22, 23, 23.5, 24, 24.5, 25, 26]).toContain((ends - begins) / HOUR)
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(moment)
        expect(day).toBe(shown)
      }),
      { numRuns: 1500 },
    )
  })

  it('may be given as text', () => {
    expect(dayAt('2026-06-30T23:30:00Z', 'Europe/Berlin')).toBe('2026-07-01')
    expect(dayAt('2026-06-30T23:30:00Z', 'America/New_York')).toBe('2026-06-30')
  })
})

describe('the calendar', () => {
  it('knows its days', () => {
    expect(['2024-02-29', '2100-02-28', '2026-12-31'].every(isDay)).toBe(true)
    const none = ['2026-02-29', '2100-02-29', '2026-13-01', '2026-1-1', '0026-01-01', '9999-12-31', '20260101', '']
    expect(none.filter(isDay)).toEqual([])
  })

  it('adds days and months', () => {
    expect(addDays('2026-10-01', -90)).toBe('2026-07-03')
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30')
    expect(addMonths('2026-10-01', -12)).toBe('2025-10-01')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15')
    expect(() => addDays('never', 1)).toThrow(RangeError)
    expect(() => addMonths('never', 1)).toThrow(RangeError)
  })

  it('counts days whatever clocks do', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2)
    fc.assert(
      fc.property(day, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days)
      }),
    )
  })
})
