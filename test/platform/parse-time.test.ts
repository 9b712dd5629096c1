import { describe, expect, it } from 'vitest'
import { parseDay, parseInstant } from '#app/platform/parse-time.ts'

const iso = (text: string): string | null => {
  const parsed = parseInstant(text)
  return parsed.kind === 'instant' ? parsed.iso : null
}
const why = (text: string): string => {
  const parsed = parseInstant(text)
  return parsed.kind === 'invalid' || parsed.kind === 'local' ? `${parsed.kind}: ${parsed.why}` : parsed.kind
}

describe('a time', () => {
  it('is stored as UTC with milliseconds', () => {
    expect(iso('2024-03-04T09:12:00Z')).toBe('2024-03-04T09:12:00.000Z')
    expect(iso('2024-03-04T10:12:00+01:00')).toBe('2024-03-04T09:12:00.000Z')
    expect(iso('2024-03-04T09:12Z')).toBe('2024-03-04T09:12:00.000Z')
    expect(iso('2024-03-04 09:12:00+0000')).toBe('2024-03-04T09:12:00.000Z')
    expect(iso(' 2024-03-04t09:12:00z ')).toBe('2024-03-04T09:12:00.000Z')
    expect(iso('2024-02-29T23:30:00-03:30')).toBe('2024-03-01T03:00:00.000Z')
  })

  it('keeps milliseconds of a finer fraction', () => {
    expect(iso('2024-03-04T09:12:00.432911368Z')).toBe('2024-03-04T09:12:00.432Z')
    expect(iso('2024-03-04T09:12:00,5Z')).toBe('2024-03-04T09:12:00.500Z')
  })

  it('may have any year from 1 to 9999, also before 100', () => {
    expect(iso('1628-08-10T12:00:00Z')).toBe('1628-08-10T12:00:00.000Z')
    expect(iso('0042-01-01T00:00:00Z')).toBe('0042-01-01T00:00:00.000Z')
    expect(iso('9999-12-31T23:59:59Z')).toBe('9999-12-31T23:59:59.000Z')
    expect(why('9999-12-31T23:59:59-14:00')).toContain('year')
    expect(why('10000-01-01T00:00:00Z')).toContain('not an ISO 8601')
    expect(why('-000001-01-01T00:00:00Z')).toContain('not an ISO 8601')
  })

  it('is unset when empty or the zero time of Go', () => {
    for (const text of ['', '   ', '0001-01-01T00:00:00Z', '0001-01-01', '0001-01-01 00:00:00 +0000 UTC']) {
      expect(why(text)).toBe('unset')
    }
  })

  it('without a zone is local and never a moment', () => {
    expect(why('2024-03-31 02:30')).toBe('local: the time has no zone: add Z or an offset such as +02:00')
    expect(why('2024-03-31T02:30:00')).toContain('local')
    expect(why('2024-03-04')).toBe('local: a day without a time of day: add the time and its zone')
  })

  it.each([
    ['2016-12-31T23:59:60Z', 'leap second'],
    ['2023-02-29T00:00:00Z', 'no day 2023-02-29'],
    ['2024-02-30', 'no day'],
    ['2024-03-04T24:00:00Z', 'no time 24:00:00'],
    ['2024-03-04T09:12:00+99:99', 'offset'],
    ['2024-03-04T09:12:00+14:01', 'offset'],
    ['1709543520', 'seconds since 1970'],
    ['1709543520000', 'milliseconds since 1970'],
    ['1709543520000000110', 'nanoseconds'],
    ['04/03/2024 09:12', 'day and month'],
    ['3/25/2024 9:12 PM', 'day and month'],
    ['Mar 4, 2024 09:12 PDT', 'not an ISO 8601 time'],
    ['09:12', 'time without a day'],
    ['yesterday evening', 'not an ISO 8601 time'],
    ['x'.repeat(100_000), 'too long'],
  ])('%.40s is refused in words', (text, reason) => {
    expect(parseInstant(text).kind).toBe('invalid')
    expect(why(text)).toContain(reason)
  })

  it('may be up to fourteen hours from UTC', () => {
    expect(iso('2024-03-04T00:00:00+14:00')).toBe('2024-03-03T10:00:00.000Z')
    expect(iso('2024-03-04T00:00:00-14:00')).toBe('2024-03-04T14:00:00.000Z')
  })
})

describe('a day', () => {
  it('is YYYY-MM-DD and exists', () => {
    expect(parseDay(' 2024-02-29 ')).toEqual({ kind: 'day', day: '2024-02-29' })
    expect(parseDay('')).toEqual({ kind: 'unset' })
    expect(parseDay('0001-01-01')).toEqual({ kind: 'unset' })
  })

  it.each([
    ['04/03/2024', 'day and month can be taken for each other'],
    ['03/25/2024', 'day and month can be taken for each other'],
    ['4.3.2024', 'day and month can be taken for each other'],
    ['04/03/24', 'two digits'],
    ['24-03-04', 'two digits'],
    ['45355', "spreadsheet's day number"],
    ['2023-02-30', 'there is no day'],
    ['4 Mar 2024', 'is not a day'],
    ['2024-03-04T00:00:00+13:00', 'has a time of day'],
  ])('written %s is refused in words', (text, reason) => {
    expect(parseDay(text)).toEqual({ kind: 'invalid', why: expect.stringContaining(reason) })
  })
})
