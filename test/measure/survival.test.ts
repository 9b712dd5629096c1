import { describe, expect, it } from 'vitest'
import type { Duration } from '#app/measure/durations.ts'
import { survivalCurve, survivalMedianInterval } from '#app/measure/survival.ts'
import { medianChange } from '#app/reports/figure-changes.ts'

const ended = (...values: number[]): Duration[] => values.map(value => ({ value, isOpen: false }))
const open = (...values: number[]): Duration[] => values.map(value => ({ value, isOpen: true }))

/** Weeks in remission with 6-mercaptopurine: Freireich and others, Blood 21 (1963), the textbooks' example. */
const REMISSION = [...ended(6, 6, 6, 7, 10, 13, 16, 22, 23), ...open(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]

describe('the curve of what still lasts', () => {
  it('is that of the textbooks, with the log(−log) intervals that other programs print', () => {
    const published = [
      [6, 0.8571, 0.6197, 0.9516],
      [7, 0.8067, 0.5631, 0.9228],
      [10, 0.7529, 0.5032, 0.8894],
      [13, 0.6902, 0.4316, 0.8491],
      [16, 0.6275, 0.3675, 0.8049],
      [22, 0.5378, 0.2678, 0.7468],
      [23, 0.4482, 0.1881, 0.6801],
    ]
    const curve = survivalCurve(REMISSION).map(({ time, share, low, high }) => [time, share, low, high])
    expect(curve.map(step => step.map(value => Math.round(value * 1e4) / 1e4))).toEqual(published)
  })

  it('ends at nothing where the last one ended, and has no step for those still open', () => {
    expect(survivalCurve(ended(3, 5)).at(-1)).toMatchObject({ time: 5, share: 0, low: 0 })
    expect(survivalCurve(open(3, 5))).toEqual([])
    expect(survivalCurve([])).toEqual([])
  })

  it('brackets the median where it holds a half, without an upper end where too many are open', () => {
    expect(survivalMedianInterval(REMISSION)).toEqual({ low: 13, high: Number.POSITIVE_INFINITY })
    expect(survivalMedianInterval(open(1, 2, 3))).toBeNull()
  })
})

describe('two medians', () => {
  it('differ clearly only where their intervals do not touch, with six on either side', () => {
    expect(medianChange(ended(1, 2, 3, 4, 5, 6), ended(7, 8, 9, 10, 11, 12))).toBe('clearly down')
    expect(medianChange(ended(7, 8, 9, 10, 11, 12), ended(1, 2, 3, 4, 5, 6))).toBe('clearly up')
    expect(medianChange(ended(1, 2, 3, 4, 5, 7), ended(7, 8, 9, 10, 11, 12))).toBe('no clear change')
    expect(medianChange(ended(1, 2, 3, 4, 5), ended(7, 8, 9, 10, 11, 12))).toBe('too few to tell')
    expect(medianChange([...ended(50, 60, 70, 80, 90, 95), ...open(99)], ended(1, 2, 3, 4, 5, 6))).toBe('clearly up')
    expect(medianChange(open(50, 60, 70, 80, 90, 95), ended(1, 2, 3, 4, 5, 6))).toBe('no clear change')
  })
})
