import hypergeometricCdf from '@stdlib/stats-base-dists-hypergeometric-cdf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answers, ifSilenceWereRandom, worstCase } from '#app/measure/finite-population.ts'
import { hypergeometricTails, poissonTails } from '#app/measure/tails.ts'
import { choose } from './arbitraries.ts'

function answers(favourable: number, answered: number, invited: number): Answers {
  return { favourable, answered, invited }
}

function answersOf(most: number): fc.Arbitrary<Answers> {
  return fc
    .tuple(fc.integer({ min: 1, max: most }), fc.nat(), fc.nat())
    .map(([invited, a, b]) => [invited, a % (invited + 1), b] as const)
    .map(([invited, answered, b]) => answers(b % (answered + 1), answered, invited))
}

const some = answersOf(400)

describe('silence', () => {
  it('in the worst case: 42 of 60, 75 invited, is 56 to 76 %', () => {
    expect(worstCase(answers(42, 60, 75))).toEqual({ from: 42, to: 57, low: 0.56, high: 0.76 })
  })

  it.each([
    [42, 60, 75, 48, 56, '64.0', '74.7'],
    [5, 5, 8, 6, 8, '75.0', '100.0'],
    [8, 9, 12, 9, 11, '75.0', '91.7'],
    [0, 8, 20, 0, 5, '0.0', '25.0'],
    [14, 20, 30, 17, 24, '56.7', '80.0'],
    // By scipy 1.17.1, at sizes where cumulative products of other libraries break down.
    [1110, 1400, 2600, 2023, 2098, '77.8', '80.7'],
    [2000, 3100, 5000, 3173, 3278, '63.5', '65.6'],
  ])('at random: %i of %i of %i → %i to %i', (x, n, N, from, to, low, high) => {
    const bounds = ifSilenceWereRandom(answers(x, n, N))!
    expect([bounds.from, bounds.to]).toEqual([from, to])
    expect([bounds.low, bounds.high].map(share => (share * 100).toFixed(1))).toEqual([low, high])
  })

  it('of nobody leaves the share alone', () => {
    expect(ifSilenceWereRandom(answers(42, 60, 60))).toEqual({ from: 42, to: 42, low: 0.7, high: 0.7 })
    expect(worstCase(answers(42, 60, 60))).toEqual({ from: 42, to: 42, low: 0.7, high: 0.7 })
  })

  it('of everybody leaves everything open', () => {
    expect(ifSilenceWereRandom(answers(0, 0, 9))).toEqual({ from: 0, to: 9, low: 0, high: 1 })
    expect(ifSilenceWereRandom(answers(0, 0, 0))).toBeNull()
    expect(worstCase(answers(0, 0, 0))).toBeNull()
  })

  it('cannot be of more than were asked', () => {
    expect(() => worstCase(answers(3, 2, 9))).toThrow(RangeError)
    expect(() => ifSilenceWereRandom(answers(3, 10, 9))).toThrow(RangeError)
  })

  it('at random is exactly the set of the definition, for every case up to 16 and some ties', () => {
    for (let N = 1; N <= 16; N++)
      for (let n = 0; n <= N; n++)
        for (let x = 0; x <= n; x++) {
          const { from, to } = ifSilenceWereRandom(answers(x, n, N))!
          expect([from, to]).toEqual(exactSet(x, n, N))
        }
    // One marked of forty: exactly 2.5 %, and so outside.
    for (const [x, n, N] of [
      [1, 1, 40],
      [0, 1, 40],
      [1, 1, 80],
      [0, 39, 40],
      [1, 39, 40],
    ] as const) {
      const { from, to } = ifSilenceWereRandom(answers(x, n, N))!
      expect([from, to]).toEqual(exactSet(x, n, N))
    }
    expect(ifSilenceWereRandom(answers(1, 1, 40))!.from).toBe(2)
  })

  it('at random is the set of the definition on larger ones', () => {
    fc.assert(
      fc.property(answersOf(110), ({ favourable, answered, invited }) => {
        const { from, to } = ifSilenceWereRandom(answers(favourable, answered, invited))!
        expect([from, to]).toEqual(exactSet(favourable, answered, invited))
      }),
      { numRuns: 15 },
    )
  })

  it('at random lies within the worst case, holds the share and rises with the favourable', () => {
    fc.assert(
      fc.property(some, one => {
        const [worst, random] = [worstCase(one)!, ifSilenceWereRandom(one)!]
        expect(random.from).toBeGreaterThanOrEqual(worst.from)
        expect(random.to).toBeLessThanOrEqual(worst.to)
        expect(random.from).toBeLessThanOrEqual(random.to)
        const expected = one.answered === 0 ? 0 : (one.favourable / one.answered) * one.invited
        expect(random.from).toBeLessThanOrEqual(Math.ceil(expected))
        expect(random.to).toBeGreaterThanOrEqual(Math.floor(expected))
        if (one.favourable === one.answered) return
        const more = ifSilenceWereRandom({ ...one, favourable: one.favourable + 1 })!
        expect(more.from).toBeGreaterThanOrEqual(random.from)
        expect(more.to).toBeGreaterThanOrEqual(random.to)
      }),
    )
  })
})

describe('tails', () => {
  it('are those of the hypergeometric distribution', () => {
    fc.assert(
      fc.property(some, fc.nat(), ({ favourable: x, answered: n, invited: N }, k) => {
        const K = k % (N + 1)
        const { atMost, atLeast } = hypergeometricTails(x, N, K, n)
        expect(atMost).toBeCloseTo(hypergeometricCdf(x, N, K, n), 10)
        expect(atLeast).toBeCloseTo(1 - hypergeometricCdf(x - 1, N, K, n), 10)
      }),
    )
  })

  it('are those of the Poisson distribution', () => {
    for (const mean of [0.001, 0.5, 1, 3.7, 12, 40])
      for (const x of [0, 1, 2, 5, 11, 30]) {
        let [sum, term] = [0, Math.exp(-mean)]
        for (let k = 0; k <= x; k++) {
          sum += term
          term *= mean / (k + 1)
        }
        expect(poissonTails(x, mean).atMost).toBeCloseTo(sum, 12)
      }
  })

  it('are 0 or 1 beyond the support', () => {
    expect(hypergeometricTails(0, 10, 9, 5)).toEqual({ atMost: 0, atLeast: 1 })
    expect(hypergeometricTails(3, 10, 2, 5)).toEqual({ atMost: 1, atLeast: 0 })
    expect(hypergeometricTails(5, 10, 10, 5)).toEqual({ atMost: 1, atLeast: 1 })
    expect(hypergeometricTails(0, 10, 0, 5)).toEqual({ atMost: 1, atLeast: 1 })
  })
})

/** First and last K of the set, with whole numbers only. */
function exactSet(x: number, n: number, N: number): [number, number] {
  const all = choose(N, n)
  const set: number[] = []
  for (let K = 0; K <= N; K++) {
    let [atMost, atLeast] = [0n, 0n]
    for (let k = Math.max(0, n + K - N); k <= Math.min(n, K); k++) {
      const ways = choose(K, k) * choose(N - K, n - k)
      if (k <= x) atMost += ways
      if (k >= x) atLeast += ways
    }
    if (40n * atMost > all && 40n * atLeast > all) set.push(K)
  }
  expect(set).toHaveLength(set.at(-1)! - set[0]! + 1)
  return [set[0]!, set.at(-1)!]
}
