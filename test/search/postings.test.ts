import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLOCK_SIZE, drawerOf, fillDrawer, findPostings, type Pairs } from '#app/search/postings.ts'

const always = (): boolean => true

describe('postings', () => {
  it('come back as they were filed, over several writes, terms and blocks', () => {
    const filing = fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }),
      fc.uniqueArray(fc.tuple(fc.nat(BLOCK_SIZE * 2 - 1), fc.integer({ min: 1, max: 2 ** 24 })), {
        selector: ([number]) => number,
        minLength: 1,
        maxLength: 40,
      }),
      { maxKeys: 8 },
    )
    fc.assert(
      fc.property(filing, fc.nat(BLOCK_SIZE - 1), (filed, cut) => {
        const rows = [0, 1].map(block => {
          const part = (from: number, to: number) => {
            const added = new Map<string, Pairs>()
            for (const [term, pairs] of Object.entries(filed)) {
              const own = pairs.filter(([n]) => n >= block * BLOCK_SIZE + from && n < block * BLOCK_SIZE + to)
              if (own.length > 0) added.set(term, own.sort(([a], [b]) => a - b).flat())
            }
            return added
          }
          const first = fillDrawer(undefined, block, part(0, cut), always)
          return { block, data: fillDrawer(first, block, part(cut, BLOCK_SIZE), always) }
        })
        for (const [term, pairs] of Object.entries(filed)) {
          const { numbers, weights } = findPostings(rows, term, always)
          const sorted = pairs.toSorted(([a], [b]) => a - b)
          expect([...numbers]).toEqual(sorted.map(([number]) => number))
          expect([...weights]).toEqual(sorted.map(([, weight]) => weight))
          expect(findPostings(rows, `${term}?`, always).numbers.length).toBe(filed[`${term}?`]?.length ?? 0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('leave dead documents out when read, and when next written', () => {
    const data = fillDrawer(
      undefined,
      0,
      new Map([
        ['a', [1, 4, 2, 4]],
        ['b', [2, 4]],
      ]),
      always,
    )
    const isLive = (number: number): boolean => number !== 2
    expect([...findPostings([{ block: 0, data }], 'a', isLive).numbers]).toEqual([1])
    const written = fillDrawer(data, 0, new Map([['c', [3, 4]]]), isLive)
    expect([...findPostings([{ block: 0, data: written }], 'a', always).numbers]).toEqual([1])
    expect(findPostings([{ block: 0, data: written }], 'b', always).numbers).toHaveLength(0)
    expect(written.length).toBeLessThan(data.length + 5)
  })

  it('spread terms evenly over drawers', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 40_960; i++) counts.set(drawerOf(`term${i}`), (counts.get(drawerOf(`term${i}`)) ?? 0) + 1)
    expect(counts.size).toBe(2048)
    expect(Math.max(...counts.values())).toBeLessThan(60)
  })
})
