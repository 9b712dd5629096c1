/**
 * Every interval against published tables, and against a second computation that shares no line with the first: sums of
 * probabilities as the definitions write them, and halving where these cross 2.5 %.
 */
import { describe, expect, it } from 'vitest'
import { changeOfShare } from '#app/measure/change.ts'
import { medianInterval } from '#app/measure/durations.ts'
import { clopperPearson, garwood, rateRatio } from '#app/measure/rate.ts'
import { wilson } from '#app/measure/share.ts'

/** Where a rising function of x passes `level`, between two numbers. */
function crossing(from: number, to: number, level: number, rising: (x: number) => number): number {
  let [low, high] = [from, to]
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (rising(middle) < level) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const logFactorials = [0]
function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1]! + Math.log(k))
  return logFactorials[n]!
}

function binomialTerm(k: number, n: number, p: number): number {
  return Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

function poissonTerm(k: number, mean: number): number {
  return Math.exp(k * Math.log(mean) - mean - logFactorial(k))
}

function sum(from: number, to: number, term: (k: number) => number): number {
  let total = 0
  for (let k = from; k <= to; k++) total += term(k)
  return total
}

const shown = ({ low, high }: { low: number | null; high: number | null }) => [low?.toFixed(4), high?.toFixed(4)]

describe('Wilson’s interval', () => {
  // Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
  it.each([
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ])('of %i in %i is the published one', (count, n, low, high) => {
    expect(shown(wilson(count, n))).toEqual([low, high])
  })

  it('is where the score statistic is the normal quantile', () => {
    // P(Z ≤ z) by the series of the error function; no table of quantiles.
    const normal = (z: number) =>
      0.5 + (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum(0, 60, k => z ** (2 * k + 1) / oddProduct(k))
    const z = crossing(1, 3, 0.975, normal)
    const score = (p: number, share: number, n: number) => (p - share) / Math.sqrt((p * (1 - p)) / n)
    for (const n of [1, 5, 8, 40, 300])
      for (let count = 0; count <= n; count += Math.max(1, Math.floor(n / 9))) {
        const { low, high } = wilson(count, n)
        if (count > 0)
          expect(low).toBeCloseTo(
            crossing(1e-12, count / n, -z, p => score(p, count / n, n)),
            10,
          )
        if (count < n)
          expect(high).toBeCloseTo(
            crossing(count / n, 1 - 1e-12, z, p => score(p, count / n, n)),
            10,
          )
      }
  })
})

function oddProduct(k: number): number {
  let product = 1
  for (let odd = 3; odd <= 2 * k + 1; odd += 2) product *= odd
  return product
}

describe('Garwood’s interval', () => {
  // Garwood, Biometrika 28 (1936); as reprinted in Pearson and Hartley, Biometrika Tables for Statisticians, table 40.
  it.each([
    [1, '0.0253', '5.57'],
    [2, '0.242', '7.22'],
    [3, '0.619', '8.77'],
    [5, '1.62', '11.67'],
    [10, '4.80', '18.39'],
    [20, '12.22', '30.89'],
    [30, '20.24', '42.83'],
    [50, '37.11', '65.92'],
  ])('of %i is the published one', (count, low, high) => {
    const digits = (text: string) => text.split('.')[1]!.length
    expect([garwood(count).low.toFixed(digits(low)), garwood(count).high.toFixed(2)]).toEqual([low, high])
  })

  it('leaves 2.5 % in either tail', () => {
    for (const count of [0, 1, 4, 17, 60, 140]) {
      const { low, high } = garwood(count)
      if (count > 0)
        expect(low).toBeCloseTo(
          crossing(1e-9, count + 1, 0.025, m => 1 - sum(0, count - 1, k => poissonTerm(k, m))),
          7,
        )
      expect(high).toBeCloseTo(
        crossing(count + 1e-9, 2 * count + 20, -0.025, m => -sum(0, count, k => poissonTerm(k, m))),
        7,
      )
    }
  })
})

describe('Clopper and Pearson’s interval', () => {
  // Newcombe's table I, as above.
  it.each([
    [81, 263, '0.2527', '0.3676'],
    [15, 148, '0.0578', '0.1617'],
    [0, 20, '0.0000', '0.1684'],
    [1, 29, '0.0009', '0.1776'],
  ])('of %i in %i is the published one', (count, n, low, high) => {
    expect(shown(clopperPearson(count, n))).toEqual([low, high])
  })

  it('leaves 2.5 % in either tail, and so does the ratio of two rates that is made from it', () => {
    for (const [now, before] of [
      [9, 12],
      [1, 8],
      [30, 11],
      [5, 0],
      [0, 7],
    ] as const) {
      const n = now + before
      const low = now === 0 ? 0 : crossing(1e-12, 1, 0.025, p => 1 - sum(0, now - 1, k => binomialTerm(k, n, p)))
      const high = before === 0 ? 1 : crossing(0, 1 - 1e-12, -0.025, p => -sum(0, now, k => binomialTerm(k, n, p)))
      const ours = rateRatio({ count: now, exposure: 937 }, { count: before, exposure: 1100 })
      expect(clopperPearson(now, n).low).toBeCloseTo(low, 8)
      expect(clopperPearson(now, n).high).toBeCloseTo(high, 8)
      expect(ours.low).toBeCloseTo((low / (1 - low)) * (1100 / 937), 6)
      if (before > 0) expect(ours.high).toBeCloseTo((high / (1 - high)) * (1100 / 937), 6)
      else expect(ours.high).toBeNull()
    }
  })
})

describe('Newcombe’s interval', () => {
  // Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998),
  // table II, method 10.
  it.each([
    [56, 70, 48, 80, '0.0524', '0.3339'],
    [9, 10, 3, 10, '0.1705', '0.8090'],
    [6, 7, 2, 7, '0.0582', '0.8062'],
    [5, 56, 0, 29, '-0.0381', '0.1926'],
    [0, 10, 0, 20, '-0.1611', '0.2775'],
    [0, 10, 0, 10, '-0.2775', '0.2775'],
    [10, 10, 0, 20, '0.6791', '1.0000'],
    [10, 10, 0, 10, '0.6075', '1.0000'],
  ])('of %i/%i − %i/%i is the published one', (count, n, otherCount, otherN, low, high) => {
    expect(shown(changeOfShare({ count, n }, { count: otherCount, n: otherN }))).toEqual([low, high])
  })
})

describe('the median’s interval', () => {
  // The ranks for 95 %, as in Conover, Practical Nonparametric Statistics, and Hahn and Meeker, Statistical Intervals.
  it.each([
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [10, 2, 9],
    [12, 3, 10],
    [15, 4, 12],
    [20, 6, 15],
    [25, 8, 18],
    [30, 10, 21],
    [40, 14, 27],
    [50, 18, 33],
    [100, 40, 61],
  ])('of %i values runs from the published rank to its mirror', (n, low, high) => {
    expect(medianInterval(Array.from({ length: n }, (_, i) => i + 1))).toEqual({ low, high })
  })
})
