import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countOf, type Group, publishedGroups, residualsOf } from '#app/surveys/disclosure/published-groups.ts'

const leaf = (id: string, count: number, isHidden = false): Group => ({ id, count, isHidden })
const node = (id: string, ...parts: Group[]): Group => ({ id, parts })
const shown = (root: Group, k = 5) => [...publishedGroups(root, k)].sort()

function all(root: Group): Group[] {
  return [root, ...(root.parts ?? []).flatMap(all)]
}

function isSafe(root: Group, published: ReadonlySet<string>, k: number): boolean {
  return (
    published.has(root.id) &&
    all(root).every(group => !published.has(group.id) || (countOf(group) >= k && !group.isHidden)) &&
    residualsOf(root, published).every(({ count }) => count === 0 || count >= k)
  )
}

/** A tree of at most `most` groups, with ids by their place. */
function anyTree(most: number): fc.Arbitrary<Group> {
  return fc
    .array(fc.record({ parent: fc.nat(), count: fc.integer({ min: 0, max: 12 }), isHidden: fc.boolean() }), {
      minLength: 1,
      maxLength: most,
    })
    .map(rows => {
      const groups = rows.map(({ count, isHidden }, index) => ({
        id: `${index}`,
        count,
        isHidden: index > 0 && isHidden && count % 3 === 0,
        parts: [] as Group[],
      }))
      for (const [index, { parent }] of rows.entries())
        if (index > 0) groups[parent % index]?.parts.push(groups[index] as Group)
      return groups[0] as Group
    })
}

describe('the groups of a wave that may be shown', () => {
  it('are never those from which a small one follows: hiding P and Q but showing both parts of P would give 2', () => {
    const root = node('all', node('P', leaf('p7', 7), leaf('p5', 5)), leaf('Q', 2))
    expect(shown(root)).toEqual(['all', 'p7'])
  })

  it('are all of them where none is small', () => {
    expect(shown(node('all', leaf('a', 5), leaf('b', 9)))).toEqual(['a', 'all', 'b'])
  })

  it('are none where even the whole is small, and the whole alone where one part is', () => {
    expect(shown(node('all', leaf('a', 2), leaf('b', 2)))).toEqual([])
    expect(shown(node('all', leaf('a', 4), leaf('b', 6)))).toEqual(['all'])
  })

  it('let small ones stand for each other: two of three together are enough', () => {
    expect(shown(node('all', leaf('a', 3), leaf('b', 2), leaf('c', 6)))).toEqual(['all', 'c'])
  })

  it('never are those who would rather not say, however many they are', () => {
    expect(shown(node('all', leaf('a', 8), leaf('none', 9, true)))).toEqual(['a', 'all'])
    expect(shown(node('all', leaf('a', 8), leaf('none', 2, true)))).toEqual(['all'])
  })

  it('refuse a k and counts that make no sense', () => {
    expect(() => publishedGroups(leaf('a', 5), 0)).toThrow(RangeError)
    expect(() => publishedGroups(leaf('a', -1), 5)).toThrow(RangeError)
  })

  it('satisfy the residual rule in 10,000 random trees, and never are barred ones', () => {
    fc.assert(
      fc.property(anyTree(40), fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(40)), (root, k, bars) => {
        const barred = new Set(bars.map(String))
        const published = publishedGroups(root, k, barred)
        for (const id of published) expect(barred.has(id)).toBe(false)
        if (published.size > 0) expect(isSafe(root, published, k)).toBe(true)
      }),
      { numRuns: 10_000 },
    )
  })

  it('show as many answers as any safe choice does, found by trying every one in small trees', () => {
    const weightOf = (root: Group, ids: ReadonlySet<string>) =>
      all(root).reduce((sum, group) => sum + (ids.has(group.id) ? countOf(group) : 0), 0)
    fc.assert(
      fc.property(anyTree(8), fc.integer({ min: 1, max: 6 }), (root, k) => {
        const groups = all(root)
        let best = 0
        for (let mask = 0; mask < 2 ** groups.length; mask++) {
          const ids = new Set(groups.filter((_, index) => (mask >> index) & 1).map(group => group.id))
          if (isSafe(root, ids, k)) best = Math.max(best, weightOf(root, ids))
        }
        expect(weightOf(root, publishedGroups(root, k))).toBe(best)
      }),
      { numRuns: 300 },
    )
  })
})
