import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signals, xmrLimits } from '#app/measure/run-chart.ts'

describe('limits', () => {
  it('are 0 and 25.795 for the example, with no signal', () => {
    const points = [12, 9, 14, 11, 10, 13, 22, 12]
    const { mean, movingRange, low, high } = xmrLimits(points)!
    expect(mean).toBe(12.875)
    expect(movingRange).toBeCloseTo(4.857, 3)
    expect(low).toBe(0)
    expect(high).toBeCloseTo(25.795, 3)
    expect(signals(points)).toEqual([])
  })

  it('need two points', () => {
    expect(xmrLimits([])).toBeNull()
    expect(xmrLimits([4])).toBeNull()
    expect(signals([4])).toEqual([])
    expect(xmrLimits([4, 4])).toEqual({ mean: 4, movingRange: 0, low: 4, high: 4 })
  })

  it('pass over months without a value', () => {
    expect(xmrLimits([12, null, 9, null, null, 14])).toEqual(xmrLimits([12, 9, 14]))
    expect(signals([null, 1, 1, 1, 1, 1, null, 1, 1, 1, 9, 9])).toContainEqual({
      kind: 'run',
      from: 1,
      to: 9,
      side: 'below',
    })
  })

  it('lie around the mean, and move with the points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 40 }), points => {
        const { mean, low, high } = xmrLimits(points)!
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(mean)
        expect(high).toBeGreaterThanOrEqual(mean)
        expect(signals(points.map(point => point + 1000))).toEqual(
          expect.arrayContaining(signals(points).filter(one => one.side === 'above' || one.kind === 'run')),
        )
      }),
    )
  })
})

describe('signals', () => {
  it('are points outside the limits', () => {
    const points = [10, 11, 10, 11, 10, 11, 10, 11, 40, 10, 11, 10, 11]
    expect(signals(points)).toContainEqual({ kind: 'outside', at: 8, side: 'above' })
    const low = points.map(point => 100 - point)
    expect(signals(low)).toContainEqual({ kind: 'outside', at: 8, side: 'below' })
  })

  it('are eight in a row on one side, told once from first to last', () => {
    const row = [1, 2, 1, 2, 1, 2, 1, 2, 1, 9, 10, 9, 10, 9, 10, 9, 10]
    expect(signals(row).filter(one => one.kind === 'run')).toEqual([
      { kind: 'run', from: 0, to: 8, side: 'below' },
      { kind: 'run', from: 9, to: 16, side: 'above' },
    ])
  })

  it('are not seven, nor eight of which one lies on the mean', () => {
    const seven = [1, 2, 1, 2, 1, 2, 1, 9, 10, 9, 10, 9, 10, 9]
    expect(signals(seven).filter(one => one.kind === 'run')).toEqual([])
    const mean = [4, 4, 4, 4, 5, 4, 4, 4, 4, 13, 5, 5]
    expect(xmrLimits(mean)!.mean).toBe(5)
    expect(signals(mean).filter(one => one.kind === 'run')).toEqual([])
  })

  it('are not made by a rounding', () => {
    expect(signals(Array(12).fill(0.1))).toEqual([])
    expect(signals(Array(12).fill(0))).toEqual([])
  })
})
