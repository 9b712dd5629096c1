import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clockInWords,
  clockText,
  milestone,
  offsetFrom,
  slew,
  type TimeSample,
  untilNextText,
  withSample,
} from '#app/forums/countdown.ts'

describe('The clock in the browser', () => {
  it('shows minutes and seconds, and counts up over time', () => {
    expect([432_000, 59_001, 1, 0, -999, -1_000, -61_500].map(clockText)).toEqual([
      '07:12',
      '01:00',
      '00:01',
      '00:00',
      '00:00',
      '+00:01',
      '+01:01',
    ])
    expect([420_000, 1_000, -40_000].map(clockInWords)).toEqual([
      '7 minutes left',
      '1 second left',
      '40 seconds over time',
    ])
  })

  it('says one minute left and time is up once each', () => {
    expect([milestone(60_500, 60_000), milestone(60_000, 59_000), milestone(500, -500), milestone(-1, -2)]).toEqual([
      'One minute left.',
      null,
      'Time is up.',
      null,
    ])
  })

  it('changes its text exactly when it says it will', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3_700_000, max: 3_700_000 }), left => {
        const wait = untilNextText(left)
        expect(wait).toBeGreaterThan(0)
        expect(wait).toBeLessThanOrEqual(1_000)
        if (wait > 1) expect(clockText(left - wait + 1)).toBe(clockText(left))
        expect(clockText(left - wait)).not.toBe(clockText(left))
      }),
    )
  })

  it('goes by the latest eight samples, so that a good one grows old', () => {
    const sample = (sentAt: number, way: number): TimeSample => ({
      sentAt,
      answeredAt: sentAt + way,
      serverTime: sentAt,
    })
    let samples: TimeSample[] = [sample(0, 2)]
    expect(offsetFrom(samples)).toBe(-1)
    for (let i = 1; i <= 8; i++) samples = withSample(samples, sample(i * 100, 20))
    expect(samples).toHaveLength(8)
    expect(offsetFrom(samples)).toBe(-10)
  })

  it('is wrong by at most half of the shortest way to the server and back', () => {
    const way = fc.record({ there: fc.integer({ min: 0, max: 400 }), back: fc.integer({ min: 0, max: 400 }) })
    fc.assert(
      fc.property(fc.integer(), fc.array(way, { minLength: 1, maxLength: 8 }), (truth, ways) => {
        const samples = ways.map(({ there, back }, i) => ({
          sentAt: i * 1000,
          answeredAt: i * 1000 + there + back,
          serverTime: i * 1000 + there + truth,
        }))
        const shortest = Math.min(...ways.map(({ there, back }) => there + back))
        expect(Math.abs((offsetFrom(samples) as number) - truth)).toBeLessThanOrEqual(shortest / 2)
      }),
    )
  })

  it('never goes up while a small correction is made', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -249, max: 249, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }),
        (error, passes) => {
          let offset = 0
          let now = 0
          let left = 600_000
          for (const passed of passes) {
            now += passed
            offset = slew(offset, error, passed)
            expect(600_000 - now - offset).toBeLessThanOrEqual(left)
            left = 600_000 - now - offset
          }
        },
      ),
    )
  })
})
