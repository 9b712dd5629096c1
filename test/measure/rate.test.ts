import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clopperPearson, garwood, rate, rateRatio } from '#app/measure/rate.ts'
import { choose, part } from './arbitraries.ts'

const FIXED = { numRuns: 60 }

describe('a rate', () => {
  it('is per thousand, with Garwood’s interval', () => {
    const { value, low, high } = rate(9, 937)
    expect([value, low, high].map(one => one!.toFixed(2))).toEqual(['9.61', '4.39', '18.23'])
  })

  // From the three metrics cases.
  it.each([
    [9, 958, 9.394572025052192, 4.295796552586981, 17.833824062024192],
    [5, 847, 5.903187721369539, 1.9167489847915233, 13.776070931903979],
    [8, 924, 8.658008658008658, 3.7379136111996645, 17.05972859328281],
  ])('%i of %i', (count, exposure, value, low, high) => {
    const shown = rate(count, exposure)
    expect(shown.value).toBeCloseTo(value, 12)
    expect(shown.low).toBeCloseTo(low, 12)
    expect(shown.high).toBeCloseTo(high, 12)
  })

  it('can be per million', () => {
    expect(rate(3, 2_000_000, 1_000_000).value).toBe(1.5)
  })

  it('is nothing without exposure', () => {
    expect(rate(0, 0)).toEqual({ value: null, low: null, high: null, count: 0, exposure: 0 })
    expect(() => rate(-1, 10)).toThrow(RangeError)
    expect(() => rate(1, Number.NaN)).toThrow(RangeError)
  })
})

describe('Garwood’s interval', () => {
  // By scipy 1.17.1.
  it.each([
    [0, 0, 3.6888794541139354],
    [1, 0.025317807984289876, 5.571643390938898],
    [9, 4.115373097378334, 17.084803451419166],
    [50, 37.110963737461866, 65.91876666433681],
    [500, 457.1285768996295, 545.8092685651714],
    [939, 879.8933050718541, 1001.0328307610788],
    [1000, 938.9730184076952, 1063.952136016302],
    [10_000, 9804.952467260184, 10197.951624661473],
    [100_000, 99381.15266374472, 100621.74473974388],
  ])('of %i', (count, low, high) => {
    expect(garwood(count).low).toBeCloseTo(low, 8)
    expect(garwood(count).high).toBeCloseTo(high, 8)
  })

  it('is the chi-square one', () => {
    for (let count = 1; count < 300; count++) {
      const { low, high } = garwood(count)
      expect(low / (chisquareQuantile(0.025, 2 * count) / 2)).toBeCloseTo(1, 12)
      expect(high / (chisquareQuantile(0.975, 2 * count + 2) / 2)).toBeCloseTo(1, 12)
    }
  })

  it('holds the count and rises with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), count => {
        const [here, next] = [garwood(count), garwood(count + 1)]
        expect(here.low).toBeLessThanOrEqual(count)
        expect(here.high).toBeGreaterThan(count)
        expect(next.low).toBeGreaterThan(here.low)
        expect(next.high).toBeGreaterThan(here.high)
      }),
      FIXED,
    )
  })
})

describe('a ratio of rates', () => {
  it('says no clear change while its interval holds 1', () => {
    const ratio = rateRatio({ count: 9, exposure: 937 }, { count: 12, exposure: 1100 })
    expect([ratio.value, ratio.low, ratio.high].map(one => one!.toFixed(3))).toEqual(['0.880', '0.328', '2.277'])
    expect(ratio.word).toBe('no clear change')
  })

  // From the three metrics cases.
  it.each([
    [9, 958, 4, 970, 2.2781837160751564, 0.6358367419591316, 10.123876256801806],
    [5, 847, 7, 1021, 0.8610220947883286, 0.21548508200037508, 3.1515007988366803],
    [8, 924, 7, 892, 1.103277674706246, 0.3495988488541605, 3.5739784925852485],
  ])('%i of %i against %i of %i', (x1, d1, x2, d2, value, low, high) => {
    const ratio = rateRatio({ count: x1, exposure: d1 }, { count: x2, exposure: d2 })
    expect(ratio.value).toBeCloseTo(value, 11)
    expect(ratio.low).toBeCloseTo(low, 11)
    expect(ratio.high).toBeCloseTo(high, 11)
  })

  it('says so when it is clear', () => {
    expect(rateRatio({ count: 30, exposure: 1000 }, { count: 10, exposure: 1000 }).word).toBe('clearly up')
    expect(rateRatio({ count: 10, exposure: 1000 }, { count: 30, exposure: 1000 }).word).toBe('clearly down')
    expect(rateRatio({ count: 0, exposure: 1000 }, { count: 30, exposure: 1000 }).word).toBe('clearly down')
  })

  it('has no value against nothing, but may still be clear', () => {
    const ratio = rateRatio({ count: 20, exposure: 1000 }, { count: 0, exposure: 1000 })
    expect(ratio).toMatchObject({ value: null, high: null, word: 'clearly up' })
    expect(rateRatio({ count: 0, exposure: 9 }, { count: 0, exposure: 9 })).toEqual({
      value: null,
      low: 0,
      high: null,
      word: 'no clear change',
    })
    expect(rateRatio({ count: 1, exposure: 9 }, { count: 0, exposure: 0 }).word).toBe('no clear change')
  })

  it('lies in its interval; turned round it is the inverse', () => {
    const events = fc.record({ count: fc.integer({ min: 1, max: 300 }), exposure: fc.integer({ min: 1, max: 9999 }) })
    fc.assert(
      fc.property(events, events, (now, before) => {
        const [ratio, back] = [rateRatio(now, before), rateRatio(before, now)]
        expect(ratio.low).toBeLessThan(ratio.value!)
        expect(ratio.high).toBeGreaterThan(ratio.value!)
        expect(back.low! * ratio.high!).toBeCloseTo(1, 9)
      }),
      FIXED,
    )
  })
})

describe('Clopper and Pearson’s interval', () => {
  it('has 2.5 % in either tail, counted exactly on small n', () => {
    for (let n = 1; n <= 12; n++)
      for (let count = 0; count <= n; count++) {
        const { low, high } = clopperPearson(count, n)
        if (count > 0) expect(binomial(n, low, count, n)).toBeCloseTo(0.025, 12)
        if (count < n) expect(binomial(n, high, 0, count)).toBeCloseTo(0.025, 12)
      }
  })

  it('holds the share, stays in 0 to 1 and rises with the count', () => {
    fc.assert(
      fc.property(part(2000), ({ count, n }) => {
        const { low, high } = clopperPearson(count, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(count / n)
        expect(high).toBeGreaterThanOrEqual(count / n)
        expect(high).toBeLessThanOrEqual(1)
        if (count < n) {
          expect(clopperPearson(count + 1, n).low).toBeGreaterThan(low)
          expect(clopperPearson(count + 1, n).high).toBeGreaterThan(high)
        }
      }),
      FIXED,
    )
  })
})

/** P(from ≤ X ≤ to), X ~ Bin(n, p), term by term. */
function binomial(n: number, p: number, from: number, to: number): number {
  let sum = 0
  for (let k = from; k <= to; k++) sum += Number(choose(n, k)) * p ** k * (1 - p) ** (n - k)
  return sum
}
