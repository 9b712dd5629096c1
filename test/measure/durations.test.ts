import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Duration,
  durationFigure,
  medianInterval,
  minutesBetween,
  quantile,
  survivalQuantile,
} from '#app/measure/durations.ts'
import { choose } from './arbitraries.ts'

/** '5+' is still open. */
function durations(text: string): Duration[] {
  return text.split(', ').map(one => ({ value: Number.parseFloat(one), isOpen: one.endsWith('+') }))
}

const HAPPENED = [2, 3, 5, 8, 13, 21, 34, 55, 89]

describe('durations', () => {
  it('that all happened: median 13 (3 to 55), 90 % within 89', () => {
    const figure = durationFigure(durations(HAPPENED.join(', ')), 2)
    expect(figure).toEqual({ value: 13, p90: 89, low: 3, high: 55, n: 9, open: 0, unknown: 2 })
  })

  it('of which some are open: median 21, and no interval', () => {
    const figure = durationFigure(durations('3, 5, 5+, 8, 13+, 21, 30+'))
    expect(figure).toEqual({ value: 21, p90: null, low: null, high: null, n: 7, open: 3, unknown: 0 })
  })

  it('of which most are open have no median yet', () => {
    expect(durationFigure(durations('3, 5+, 5+, 8+')).value).toBeNull()
    expect(durationFigure([])).toEqual({ value: null, p90: null, low: null, high: null, n: 0, open: 0, unknown: 0 })
  })

  it('under six have no interval', () => {
    expect(durationFigure(durations('1, 2, 3, 4, 5'))).toMatchObject({ value: 3, low: null, high: null })
    expect(durationFigure(durations('1, 2, 3, 4, 5, 6'))).toMatchObject({ value: 3, low: 1, high: 6 })
  })
})

describe('the endpoints', () => {
  const at = (time: string) => `2026-05-04T${time}:00Z`

  it('are impact for detecting, mitigating and resolving, detection for acknowledging', () => {
    expect(minutesBetween(at('09:10'), at('09:25'))).toBe(15)
    expect(minutesBetween(at('09:25'), at('09:33'))).toBe(8)
    expect(minutesBetween(at('09:10'), at('10:40'))).toBe(90)
    expect(minutesBetween(at('09:10'), at('11:30'))).toBe(140)
  })

  it('give nothing when one is missing or they are the wrong way round', () => {
    expect(minutesBetween(null, at('09:25'))).toBeNull()
    expect(minutesBetween(at('09:25'), null)).toBeNull()
    expect(minutesBetween(at('09:25'), at('09:24'))).toBeNull()
    expect(minutesBetween(at('09:25'), 'soon')).toBeNull()
    expect(minutesBetween(at('09:25'), at('09:25'))).toBe(0)
  })
})

describe('a quantile', () => {
  it('is a value that happened', () => {
    expect(quantile(HAPPENED, 0.5)).toBe(13)
    expect(quantile(HAPPENED, 0.9)).toBe(89)
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2)
    expect(quantile([10, 20], 0.9)).toBe(20)
    expect(quantile([7], 0.9)).toBe(7)
    expect(quantile([], 0.5)).toBeNull()
  })

  it('is not moved by a rounding', () => {
    // 0.9 · 10 ranks, 1 − 0.9 left over: both off by a bit in floating point, also after ten factors.
    for (const n of [10, 20, 30, 70, 100, 250, 1000]) {
      const values = Array.from({ length: n }, (_, i) => i + 1)
      const closed = values.map(value => ({ value, isOpen: false }))
      for (let tenth = 1; tenth < 10; tenth++) {
        expect(quantile(values, tenth / 10)).toBe((n * tenth) / 10)
        expect(survivalQuantile(closed, tenth / 10)).toBe((n * tenth) / 10)
      }
    }
  })

  const minutes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 })
  const p = fc.integer({ min: 1, max: 99 }).map(percent => percent / 100)

  it('of durations without an open one is the nearest rank', () => {
    fc.assert(
      fc.property(minutes, p, (values, p) => {
        const closed = values.map(value => ({ value, isOpen: false }))
        expect(survivalQuantile(closed, p)).toBe(quantile(values, p))
        const reached = (t: number) =>
          values.filter(value => value <= t).length * 100 >= Math.round(p * 100) * values.length
        expect(quantile(values, p)).toBe(Math.min(...values.filter(reached)))
      }),
    )
  })

  it('of open and closed ones is that of exact fractions', () => {
    const some = fc.array(fc.record({ value: fc.integer({ min: 0, max: 20 }), isOpen: fc.boolean() }), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(some, fc.constantFrom(25, 50, 75, 90), (some, percent) => {
        expect(survivalQuantile(some, percent / 100)).toBe(exactQuantile(some, percent))
      }),
      { numRuns: 500 },
    )
  })

  it('comes no earlier when a closed one turns out to be open', () => {
    const some = fc.array(fc.record({ value: fc.integer({ min: 0, max: 20 }), isOpen: fc.boolean() }), { minLength: 1 })
    fc.assert(
      fc.property(some, fc.nat(), (some, pick) => {
        const opened = some.map((one, i) => (i === pick % some.length ? { ...one, isOpen: true } : one))
        const [before, after] = [survivalQuantile(some, 0.5), survivalQuantile(opened, 0.5)]
        expect(after ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(before ?? Number.POSITIVE_INFINITY)
      }),
    )
  })
})

describe('the median’s interval', () => {
  it('has the rank that exact counting gives', () => {
    for (const n of [...Array.from({ length: 80 }, (_, i) => i + 1), 100, 333, 1000]) {
      const values = Array.from({ length: n }, (_, i) => i + 1)
      // The largest r with 40 · Σ_{k<r} C(n, k) ≤ 2ⁿ.
      let [r, sum, term] = [0, 0n, 1n]
      for (;;) {
        sum += term
        if (40n * sum > 2n ** BigInt(n)) break
        r++
        term = choose(n, r)
      }
      expect(medianInterval(values)).toEqual(r === 0 ? null : { low: r, high: n + 1 - r })
    }
  })

  it('holds the median', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 6, maxLength: 200 }), values => {
        const { low, high } = medianInterval(values)!
        expect(low).toBeLessThanOrEqual(quantile(values, 0.5)!)
        expect(high).toBeGreaterThanOrEqual(quantile(values, 0.5)!)
      }),
    )
  })
})

function exactQuantile(some: Duration[], percent: number): number | null {
  let [over, under] = [1n, 1n]
  for (const t of [...new Set(some.map(one => one.value))].sort((a, b) => a - b)) {
    const atRisk = some.filter(one => one.value >= t).length
    const ended = some.filter(one => one.value === t && !one.isOpen).length
    over *= BigInt(atRisk - ended)
    under *= BigInt(atRisk)
    if (ended > 0 && over * 100n <= under * BigInt(100 - percent)) return t
  }
  return null
}
