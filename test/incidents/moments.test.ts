import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disorderOf, keepOrder, MOMENTS, type Moments, spoiltMoments } from '#app/incidents/moments.ts'

const anyMoment = fc.option(
  fc
    .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-01-01T00:00:00.009Z'), noInvalidDate: true })
    .map(date => date.toISOString()),
)
const anyMoments: fc.Arbitrary<Moments> = fc.record({
  startedAt: anyMoment,
  detectedAt: anyMoment,
  acknowledgedAt: anyMoment,
  mitigatedAt: anyMoment,
  resolvedAt: anyMoment,
})

describe('the order of moments', () => {
  it('never leaves a duration that is negative, whatever came in', () => {
    fc.assert(
      fc.property(anyMoments, given => {
        const { moments } = keepOrder(given)
        const times = MOMENTS.flatMap(moment => (moments[moment] === null ? [] : [Date.parse(moments[moment])]))
        expect(times).toEqual(times.toSorted((a, b) => a - b))
      }),
    )
  })

  it('changes nothing that is in order, invents nothing, and flags exactly what it takes out', () => {
    fc.assert(
      fc.property(anyMoments, given => {
        const { moments, flags } = keepOrder(given)
        const gone = MOMENTS.filter(moment => moments[moment] === null && given[moment] !== null)
        for (const moment of MOMENTS) if (moments[moment] !== null) expect(moments[moment]).toBe(given[moment])
        expect(spoiltMoments(flags)).toEqual(gone)
        expect(gone).toEqual(disorderOf(given).map(one => one.moment))
        expect(keepOrder(moments)).toEqual({ moments, flags: [] })
      }),
    )
  })

  it('takes out the later moment and keeps what was written', () => {
    const given: Moments = {
      startedAt: '2024-06-01T10:00:00.000Z',
      detectedAt: '2024-06-01T09:00:00.000Z',
      acknowledgedAt: null,
      mitigatedAt: '2024-06-01T10:30:00.000Z',
      resolvedAt: '2024-06-01T10:30:00.000Z',
    }
    const { moments, flags } = keepOrder(given, { detectedAt: '2024-06-01T11:00:00+02:00' })
    expect(moments).toEqual({ ...given, detectedAt: null })
    expect(flags).toEqual([
      'detected_at: 2024-06-01T11:00:00+02:00 is before started_at, so this moment counts as unknown',
    ])
  })

  it('tells a moment that was spoilt from one that is not there', () => {
    expect(spoiltMoments(['resolved_at: x', 'detected_by: y', 'a sentence: without a column'])).toEqual(['resolvedAt'])
  })
})
