import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cronbachAlpha, groupReliability, scaleFigure, turned } from '#app/measure/scale.ts'

const SCALE = { min: 1, max: 7, reversed: [1, 3, 5] }
const ANSWERS = ['2615266', '3525356', '1726167', '4434455', '2526365'].map(row => [...row].map(Number))
const GROUPS = [
  [5.7, 5.3, 6.4, 4.4, 5.6],
  [4.1, 3.9, 4.6, 4.4, 3.5],
  [5.0, 5.9, 5.4, 4.7, 5.0],
]
const person = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 7, maxLength: 7 })
const group = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 9 })

describe('a scale', () => {
  it('is scored with its reversed items turned', () => {
    const { scores, mean, sd, alpha, n } = scaleFigure(ANSWERS, SCALE)
    expect(scores.map(score => Number(score.toFixed(3)))).toEqual([6, 5.286, 6.571, 4.429, 5.571])
    expect(mean).toBeCloseTo(5.571, 3)
    expect(sd).toBeCloseTo(0.802, 3)
    expect(alpha).toBeCloseTo(0.941, 3)
    expect(n).toBe(5)
  })

  it('whose items were not turned shows it by a negative alpha', () => {
    const { mean, alpha } = scaleFigure(ANSWERS, { ...SCALE, reversed: [] })
    expect(mean).toBeCloseTo(4.143, 3)
    expect(alpha).toBeCloseTo(-13.07, 2)
  })

  it('is turned back by turning twice, and stays within its ends', () => {
    fc.assert(
      fc.property(person, answers => {
        expect(turned(turned(answers, SCALE), SCALE)).toEqual(answers)
        for (const answer of turned(answers, SCALE)) expect(answer >= 1 && answer <= 7).toBe(true)
      }),
    )
  })

  it('of nobody, of one or without a difference has no figures', () => {
    expect(scaleFigure([], SCALE)).toEqual({ n: 0, mean: null, sd: null, alpha: null, scores: [] })
    expect(scaleFigure([ANSWERS[0]!], SCALE)).toMatchObject({ n: 1, mean: 6, sd: null, alpha: null })
    expect(scaleFigure([ANSWERS[0]!, ANSWERS[0]!], SCALE)).toMatchObject({ sd: 0, alpha: null })
  })

  it('of items that say the same has alpha 1; never more', () => {
    expect(
      cronbachAlpha([
        [1, 1, 1],
        [4, 4, 4],
        [6, 6, 6],
      ]),
    ).toBeCloseTo(1, 12)
    fc.assert(
      fc.property(fc.array(person, { minLength: 2, maxLength: 30 }), rows => {
        expect(cronbachAlpha(rows) ?? 0).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })
})

describe('agreement within groups', () => {
  it('of the example: F 8.611, ICC(1) 0.604, ICC(2) 0.884', () => {
    const { f, icc1, icc2, groups, n } = groupReliability(GROUPS)
    expect(f).toBeCloseTo(8.610571736785335, 10)
    expect(icc1).toBeCloseTo(0.604, 3)
    expect(icc2).toBeCloseTo(0.884, 3)
    expect([groups, n]).toEqual([3, 15])
  })

  it('is unknown without groups, or without company in them', () => {
    const nothing = { f: null, icc1: null, icc2: null }
    expect(groupReliability([])).toMatchObject(nothing)
    expect(groupReliability([[1, 2, 3]])).toMatchObject(nothing)
    expect(groupReliability([[1], [2], [3]])).toMatchObject(nothing)
    expect(
      groupReliability([
        [0.1, 0.1, 0.1],
        [0.1, 0.1],
      ]),
    ).toMatchObject(nothing)
  })

  it('is complete where nobody differs within', () => {
    expect(
      groupReliability([
        [1, 1],
        [2, 2, 2],
      ]),
    ).toMatchObject({ f: null, icc1: 1, icc2: 1 })
  })

  it('is not changed by an empty group, nor by another unit', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 6 }), groups => {
        const one = groupReliability(groups)
        expect(groupReliability([...groups, []])).toEqual(one)
        const other = groupReliability(groups.map(group => group.map(score => score * 2 + 30)))
        if (one.f === null || one.icc1 === null) return
        expect(other.f! / (one.f || 1)).toBeCloseTo(one.f ? 1 : 0, 9)
        expect(other.icc1).toBeCloseTo(one.icc1, 9)
        expect(one.icc1).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('of groups of k: ICC(2) is ICC(1) stepped up by Spearman and Brown', () => {
    const fives = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(fives, { minLength: 2, maxLength: 6 }), groups => {
        const { icc1, icc2 } = groupReliability(groups)
        fc.pre(icc1 !== null && icc1 > 0)
        expect(icc2).toBeCloseTo((5 * icc1!) / (1 + 4 * icc1!), 9)
      }),
    )
  })
})
