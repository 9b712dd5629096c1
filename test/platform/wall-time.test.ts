import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentOfWall, wallTime } from '#app/platform/wall-time.ts'

const iso = (zone: string, text: string) => {
  const moment = momentOfWall(zone, text)
  return moment === null ? null : new Date(moment).toISOString()
}

describe('what a clock on the wall says', () => {
  it('is written to the minute and read back', () => {
    expect(wallTime('Europe/Berlin', Date.parse('2026-07-01T22:30:15Z'))).toBe('2026-07-02T00:30')
    expect(iso('Europe/Berlin', '2026-07-02T00:30')).toBe('2026-07-01T22:30:00.000Z')
    expect(iso('Asia/Kolkata', '2026-01-01 05:30')).toBe('2026-01-01T00:00:00.000Z')
  })

  it('means the first of an hour that comes twice', () => {
    expect(iso('Europe/Berlin', '2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(iso('America/New_York', '2026-11-01T01:30')).toBe('2026-11-01T05:30:00.000Z')
  })

  it('is counted on through an hour that is left out', () => {
    expect(iso('Europe/Berlin', '2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z')
  })

  it.each(['', 'noon', '2026-02-30T10:00', '2026-01-01T24:00', '2026-01-01', '2026-13-01T00:00'])(
    'is not understood as %j',
    text => {
      expect(momentOfWall('UTC', text)).toBeNull()
    },
  )

  it('comes back the same for every minute and zone, but for hours that come twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000_000 }),
        fc.constantFrom(
          'UTC',
          'Europe/Berlin',
          'America/New_York',
          'Australia/Lord_Howe',
          'Asia/Kathmandu',
          'Pacific/Apia',
        ),
        (minute, zone) => {
          const shown = wallTime(zone, minute * 60_000)
          expect(wallTime(zone, momentOfWall(zone, shown)!)).toBe(shown)
        },
      ),
    )
  })
})
