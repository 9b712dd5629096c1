import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOfShare, changeWord } from '#app/measure/change.ts'
import { isTooFew, shareOfEvents, shareOfPeople, wilson } from '#app/measure/share.ts'
import { part } from './arbitraries.ts'

describe('a share of events', () => {
  it('carries Wilson’s interval', () => {
    const { value, low, high } = shareOfEvents(6, 8)
    expect(value).toBe(0.75)
    expect(low! * 100).toBeCloseTo(40.9, 1)
    expect(high! * 100).toBeCloseTo(92.9, 1)
  })

  // From the three metrics cases, which have an implementation of their own.
  it.each([
    [5, 21, 0.1062801302263647, 0.4509117368295075],
    [6, 8, 0.40927543031016894, 0.928520787247891],
    [7, 8, 0.5291118177871466, 0.9775825085499433],
    [13, 22, 0.38734818476315125, 0.7674418380352813],
    [2, 12, 0.04696514218385378, 0.44803086225297345],
    [3, 3, 0.4385029682449545, 1],
    [3, 17, 0.06191126637620998, 0.4102945856883412],
  ])('%i of %i', (count, n, low, high) => {
    expect(shareOfEvents(count, n).low).toBeCloseTo(low, 12)
    expect(shareOfEvents(count, n).high).toBeCloseTo(high, 12)
  })

  it('is nothing of nothing, and refuses more than all', () => {
    expect(shareOfEvents(0, 0)).toEqual({ value: null, count: 0, n: 0, low: null, high: null })
    expect(() => shareOfEvents(4, 3)).toThrow(RangeError)
    expect(() => shareOfEvents(-1, 3)).toThrow(RangeError)
  })

  it('lies in its interval, the interval in 0 to 1, exact at the ends, rising with the count', () => {
    fc.assert(
      fc.property(part(5000), ({ count, n }) => {
        const { low, high } = wilson(count, n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(count / n)
        expect(high).toBeGreaterThanOrEqual(count / n)
        expect(low === 0).toBe(count === 0)
        expect(high === 1).toBe(count === n)
        if (count < n) {
          expect(wilson(count + 1, n).low).toBeGreaterThan(low)
          expect(wilson(count + 1, n).high).toBeGreaterThan(high)
        }
        // Seen from the other side it is the same interval.
        expect(wilson(n - count, n).low).toBeCloseTo(1 - high, 12)
      }),
    )
  })
})

describe('a share of people', () => {
  it('is n of N alone', () => {
    const eligible = 60 - 6 - 2
    expect(shareOfPeople(31, eligible)).toEqual({ value: 31 / 52, count: 31, n: 52 })
    expect(shareOfPeople(31, eligible).value! * 100).toBeCloseTo(59.6, 1)
    expect(shareOfPeople(22, eligible).value! * 100).toBeCloseTo(42.3, 1)
    expect(shareOfPeople(0, 0).value).toBeNull()
  })
})

describe('too few', () => {
  it('are under six', () => {
    expect([0, 5, 6, 7].map(isTooFew)).toEqual([true, true, false, false])
  })
})

describe('a change of a share', () => {
  it('is called one only if its interval excludes none', () => {
    const up = changeOfShare({ count: 48, n: 60 }, { count: 36, n: 58 })
    expect([up.value!, up.low!, up.high!].map(share => (share * 100).toFixed(1))).toEqual(['17.9', '1.6', '33.2'])
    expect(up.word).toBe('clearly up')
    const unclear = changeOfShare({ count: 45, n: 60 }, { count: 36, n: 58 })
    expect([unclear.value!, unclear.low!, unclear.high!].map(share => (share * 100).toFixed(1))).toEqual([
      '12.9',
      '-3.8',
      '28.8',
    ])
    expect(unclear.word).toBe('no clear change')
  })

  it('holds Newcombe’s published example (56 of 70 against 48 of 80: 0.0524 to 0.3339)', () => {
    const { value, low, high } = changeOfShare({ count: 56, n: 70 }, { count: 48, n: 80 })
    expect(value).toBeCloseTo(0.2, 12)
    expect(low).toBeCloseTo(0.0524, 4)
    expect(high).toBeCloseTo(0.3339, 4)
  })

  it('lies in its interval, the interval in −1 to 1, and turned round says the opposite', () => {
    fc.assert(
      fc.property(part(500), part(500), (now, before) => {
        const { value, low, high, word } = changeOfShare(now, before)
        expect(low).toBeGreaterThanOrEqual(-1)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(value!)
        expect(high).toBeGreaterThanOrEqual(value!)
        const back = changeOfShare(before, now)
        expect(back.low).toBeCloseTo(-high!, 12)
        expect(back.word).toBe(
          { 'clearly up': 'clearly down', 'clearly down': 'clearly up', 'no clear change': 'no clear change' }[word],
        )
      }),
    )
  })

  it('is unknown when there was nothing before', () => {
    expect(changeOfShare({ count: 1, n: 2 }, { count: 0, n: 0 })).toEqual({
      value: null,
      low: null,
      high: null,
      word: 'no clear change',
    })
  })
})

describe('the word', () => {
  it('needs the whole interval on one side', () => {
    expect(changeWord(1.01, null, 1)).toBe('clearly up')
    expect(changeWord(0, 0.99, 1)).toBe('clearly down')
    expect(changeWord(0, 0.1, 0)).toBe('no clear change')
    expect(changeWord(-0.1, 0, 0)).toBe('no clear change')
    expect(changeWord(null, null, 0)).toBe('no clear change')
  })
})
