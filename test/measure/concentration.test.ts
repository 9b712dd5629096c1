import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectiveNumber, halfLoad, topThreeShare } from '#app/measure/concentration.ts'

const LOADS = [7, 5, 4, 3, 3, 2, 2, 2, ...Array<number>(14).fill(1)]
const some = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 })
const loaded = some.filter(loads => loads.some(load => load > 0))

describe('concentration', () => {
  it('of the example: half-load 5, effective 13.2, top three 38 %', () => {
    expect(LOADS).toHaveLength(22)
    expect(halfLoad(LOADS)).toBe(5)
    expect(effectiveNumber(LOADS)).toBeCloseTo(13.2, 1)
    expect(topThreeShare(LOADS)).toEqual({ value: 16 / 42, count: 16, n: 42 })
    expect(topThreeShare(LOADS).value).toBeCloseTo(0.38, 2)
  })

  it('of nothing is nothing', () => {
    expect(halfLoad([])).toBe(0)
    expect(effectiveNumber([0, 0])).toBeNull()
    expect(topThreeShare([])).toEqual({ value: null, count: 0, n: 0 })
  })

  it('does not depend on order, nor on people without a load', () => {
    fc.assert(
      fc.property(some, loads => {
        const other = [...loads].reverse().concat(0, 0, 0)
        expect(halfLoad(other)).toBe(halfLoad(loads))
        expect(effectiveNumber(other)).toBe(effectiveNumber(loads))
        expect(topThreeShare(other)).toEqual(topThreeShare(loads))
      }),
    )
  })

  it('lies between one and all who carry', () => {
    fc.assert(
      fc.property(loaded, loads => {
        const carriers = loads.filter(load => load > 0).length
        expect(effectiveNumber(loads)).toBeGreaterThanOrEqual(1 - 1e-12)
        expect(effectiveNumber(loads)).toBeLessThanOrEqual(carriers + 1e-12)
        expect(halfLoad(loads)).toBeGreaterThanOrEqual(1)
        expect(halfLoad(loads)).toBeLessThanOrEqual(Math.ceil(carriers / 2))
      }),
    )
  })

  it('of equal loads is their number', () => {
    expect(effectiveNumber([3, 3, 3, 3, 3, 3])).toBe(6)
    expect(halfLoad([3, 3, 3, 3, 3, 3])).toBe(3)
    expect(halfLoad([3, 3, 3, 3, 3])).toBe(3)
    expect(topThreeShare([3, 3, 3, 3, 3, 3]).value).toBe(0.5)
  })
})
