import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Group, publishedGroups } from '#app/surveys/disclosure/published-groups.ts'
import { type Cell, type Coarse, questionCells, type Tally } from '#app/surveys/disclosure/question-cells.ts'

const K = 5
const tally = (favourable: number, neutral: number, unfavourable: number): Tally => ({
  favourable,
  neutral,
  unfavourable,
})

/** A whole with parts side by side, as most organisations have them. */
function wave(counts: Record<string, number>): Group {
  return { id: 'all', parts: Object.entries(counts).map(([id, count]) => ({ id, count })) }
}

function cells(counts: Record<string, number>, tallies: Record<string, Tally>) {
  const root = wave(counts)
  return Object.fromEntries(questionCells(root, publishedGroups(root, K), new Map(Object.entries(tallies)), K))
}

describe('what is shown of one question', () => {
  it('is precise from twenty answers on', () => {
    expect(cells({ a: 20 }, { a: tally(19, 0, 1) }).all).toEqual({ n: 20, favourable: 19, neutral: 0, unfavourable: 1 })
  })

  it('is coarse at the ends below twenty: nobody learns that one person, or nobody, said something', () => {
    const a = { n: 8, favourable: { atLeast: 7 }, neutral: { atMost: 1 }, unfavourable: { atMost: 1 } }
    expect(cells({ a: 8, b: 9 }, { a: tally(7, 1, 0), b: tally(4, 3, 2) }).a).toEqual(a)
  })

  it('hides the team that is of one mind, and the smallest other team, from which it would follow', () => {
    const shown = cells({ a: 8, b: 9, c: 11 }, { a: tally(8, 0, 0), b: tally(4, 3, 2), c: tally(5, 3, 3) })
    expect([shown.a, shown.b]).toEqual([null, null])
    expect(shown.c).toMatchObject({ n: 11 })
    expect(shown.all).toMatchObject({ n: 28 })
  })

  it('shows the whole coarsely when everybody agrees, however many they are', () => {
    const shown = cells({ a: 30, b: 30 }, { a: tally(30, 0, 0), b: tally(30, 0, 0) })
    expect([shown.a, shown.b]).toEqual([null, null])
    expect(shown.all).toEqual({
      n: 60,
      favourable: { atLeast: 59 },
      neutral: { atMost: 1 },
      unfavourable: { atMost: 1 },
    })
  })

  it('asks the residual rule again when some left this question out', () => {
    const shown = cells({ a: 9, b: 6 }, { a: tally(5, 2, 2), b: tally(1, 1, 0) })
    expect([shown.a, shown.b]).toEqual([null, null])
    expect(shown.all).toMatchObject({ n: 11 })
  })

  it('is nothing when fewer than k answered it', () => {
    expect(cells({ a: 9, b: 6 }, { a: tally(1, 1, 1), b: tally(1, 0, 0) })).toEqual({ all: null, a: null, b: null })
  })

  it('never lets the hidden parts together be of one mind, nor fewer than k, by what subtraction gives', () => {
    const anyTally = fc.record({
      favourable: fc.nat(9),
      neutral: fc.nat(3),
      unfavourable: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(anyTally, { minLength: 1, maxLength: 7 }), tallies => {
        const byId = Object.fromEntries(tallies.map((one, index) => [`g${index}`, one]))
        const sizes = Object.fromEntries(
          Object.entries(byId).map(([id, one]) => [id, one.favourable + one.neutral + one.unfavourable]),
        )
        const shown = cells(sizes, byId)
        const whole = shown.all
        if (!whole) return
        const rest = Object.entries(byId).filter(([id]) => !shown[id])
        const sum = (name: keyof Tally) => rest.reduce((total, [, one]) => total + one[name], 0)
        const n = sum('favourable') + sum('neutral') + sum('unfavourable')
        const isAlone = Object.keys(byId).every(id => !shown[id])
        if (n > 0) expect(n).toBeGreaterThanOrEqual(K)
        if (n > 0 && !isAlone)
          for (const name of ['favourable', 'neutral', 'unfavourable'] as const) expect(sum(name)).toBeLessThan(n)
        for (const [id, cell] of Object.entries(shown)) if (cell && id !== 'all') expect(sizes[id]).toBe(cell.n)
        for (const cell of Object.values(shown)) if (cell && cell.n < 20) expectCoarse(cell)
      }),
      { numRuns: 2_000 },
    )
  })
})

function expectCoarse(cell: Cell): void {
  const values: Coarse[] = [cell.favourable, cell.neutral, cell.unfavourable]
  for (const value of values)
    if (typeof value === 'number') {
      expect(value).toBeGreaterThan(1)
      expect(value).toBeLessThan(cell.n - 1)
    }
}
