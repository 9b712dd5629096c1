import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Model, mixedWith } from '#app/search/feedback.ts'

const model = (score: number, frequencies: Record<string, number>): Model => ({
  score,
  terms: Object.keys(frequencies),
  weights: Float32Array.from(Object.values(frequencies)),
  length: Object.values(frequencies).reduce((sum, one) => sum + one, 0),
})

describe('a query mixed with what its best documents say', () => {
  it('is the query alone where there is nothing to learn from', () => {
    expect(
      mixedWith(
        new Map([
          ['retry', 1],
          ['storm', 3],
        ]),
        [],
      ),
    ).toEqual(
      new Map([
        ['retry', 0.25],
        ['storm', 0.75],
      ]),
    )
  })

  it('keeps half of its weight, and learns most from the document that fits best', () => {
    const mixture = mixedWith(new Map([['retry', 1]]), [
      model(10, { retry: 2, backoff: 2 }),
      model(5, { retry: 2, jitter: 2 }),
    ])
    expect(mixture.get('retry')).toBeCloseTo(0.75)
    expect(mixture.get('backoff')).toBeCloseTo(0.25 * (16 / 17))
    expect(mixture.get('jitter')).toBeCloseTo(0.25 * (1 / 17))
  })

  it('always adds up to one, has every term asked for, and at most forty more', () => {
    const term = fc.string({ minLength: 1, maxLength: 3 })
    const terms = fc.array(fc.tuple(term, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(terms, fc.array(fc.tuple(fc.double({ min: 0.1, max: 40, noNaN: true }), terms)), (asked, models) => {
        const mixture = mixedWith(
          new Map(asked),
          models.map(([score, pairs]) => model(score, Object.fromEntries(new Map(pairs)))),
        )
        for (const [one] of asked) expect(mixture.get(one)).toBeGreaterThan(0)
        expect([...mixture.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1)
        expect(mixture.size).toBeLessThanOrEqual(new Map(asked).size + 40)
      }),
    )
  })
})
