import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeRelease } from '#app/surveys/disclosure/compute-release.ts'
import { type Group, publishedGroups, residualsOf } from '#app/surveys/disclosure/published-groups.ts'
import type { GroupItem, Release, ReleaseGroup } from '#app/surveys/disclosure/release.ts'
import type { Item } from '#app/surveys/questionnaires/questionnaire.ts'
import type { GroupNode, OpenedResponse, ReleaseInput } from '#app/surveys/wave.ts'

const K = 5
const CLASSES = ['favourable', 'neutral', 'unfavourable'] as const

const scale = (id: string, more: Partial<Item> = {}, points = 5): Item => ({
  id,
  kind: 'scale',
  text: { en: id },
  options: Array.from({ length: points }, (_, index) => ({ value: index + 1, label: { en: `${index + 1}` } })),
  reversed: false,
  headline: false,
  ...more,
})

const choice = (id: string, kind: 'single' | 'multiple', values: string[], more: Partial<Item> = {}): Item => ({
  ...scale(id),
  kind,
  options: values.map(value => ({ value, label: { en: value } })),
  ...more,
})

function inputOf(items: Item[], responses: OpenedResponse[], more: Partial<ReleaseInput> = {}): ReleaseInput {
  const questionnaire = {
    id: 'test',
    version: 1,
    title: { en: 'Test' },
    introduction: null,
    languages: ['en'],
    target: 0.8,
    sections: [{ title: null, items }],
  }
  const sizes = { invited: responses.length, collected: responses.length }
  return { wave: 'w', questionnaire, groups: null, k: K, ...sizes, responses, barred: new Set(), ...more }
}

const said = (answers: OpenedResponse['answers'], group: string | null = null): OpenedResponse => ({
  answers,
  group,
  comments: [],
})

/** So many responses with this answer, by the answer. */
function times(id: string, counts: Record<string, number>, group: string | null = null): OpenedResponse[] {
  return Object.entries(counts).flatMap(([value, count]) =>
    Array.from({ length: count }, () => said({ [id]: /^\d+$/.test(value) ? Number(value) : value }, group)),
  )
}

const teams = (...ids: string[]): GroupNode[] => [
  { id: 'all', label: 'Everybody', parent: null, isChoice: false },
  ...ids.map(id => ({ id, label: id.toUpperCase(), parent: 'all', isChoice: true })),
]

const group = (release: Release, id: string) => release.groups.find(one => one.id === id) as ReleaseGroup
const item = (release: Release, id: string) => release.items.find(one => one.id === id)!

describe('the release of a wave', () => {
  it('never lets a small group follow: hiding P and Q but showing both parts of P would give 2', () => {
    const groups: GroupNode[] = [
      ...teams('p', 'q').map(node => (node.id === 'p' ? { ...node, isChoice: false } : node)),
      { id: 'p7', label: 'P7', parent: 'p', isChoice: true },
      { id: 'p5', label: 'P5', parent: 'p', isChoice: true },
    ]
    const responses = [
      ...times('a', { 5: 4, 2: 3 }, 'p7'),
      ...times('a', { 5: 2, 1: 3 }, 'p5'),
      ...times('a', { 4: 2 }, 'q'),
    ]
    const release = computeRelease(inputOf([scale('a')], responses, { groups }))
    expect(release.groups.filter(one => !one.hidden).map(one => [one.id, one.hidden ? 0 : one.n])).toEqual([
      ['all', 14],
      ['p7', 7],
    ])
    expect(group(release, 'q')).toEqual({ id: 'q', label: 'Q', parent: 'all', hidden: true })
  })

  it('gives the worst case for silence, and the limits if silence were random', () => {
    const release = computeRelease(inputOf([scale('a')], times('a', { 5: 42, 1: 18 }), { invited: 75 }))
    const { n, favourable, neutral, unfavourable, bounds, interval } = item(release, 'a')
    expect([n, favourable, neutral, unfavourable]).toEqual([60, 42, 0, 18])
    expect(bounds).toEqual([42 / 75, 57 / 75])
    expect(interval).toEqual([48 / 75, 56 / 75])
  })

  it('shows classes only under twenty, none of them precisely at the ends, and no limits that would tell more', () => {
    const release = computeRelease(inputOf([scale('a')], times('a', { 5: 8, 1: 1 }), { invited: 12 }))
    expect(item(release, 'a')).toMatchObject({
      n: 9,
      favourable: { atLeast: 8 },
      neutral: { atMost: 1 },
      unfavourable: { atMost: 1 },
      mean: null,
      distribution: null,
      bounds: [8 / 12, 1],
    })
    expect(release.index).toBeNull()
    const unanimous = computeRelease(inputOf([scale('a')], times('a', { 5: 9 }), { invited: 12 }))
    expect({ ...item(unanimous, 'a') }).toEqual({ ...item(release, 'a') })
  })

  it('turns reversed items, and takes the index from published means', () => {
    const responses = Array.from({ length: 20 }, (_, index) => said({ a: index < 15 ? 4 : 2, b: index < 15 ? 1 : 4 }))
    const release = computeRelease(inputOf([scale('a'), scale('b', { reversed: true })], responses))
    expect(item(release, 'a').mean).toBe(3.5)
    expect(item(release, 'b')).toMatchObject({ favourable: 15, unfavourable: 5, mean: 4.25 })
    expect(item(release, 'b').distribution?.map(({ count }) => count)).toEqual([15, 0, 0, 5, 0])
    expect(release.index).toBe(3.875)
  })

  it('gives alpha from thirty whole responses on, negative where an item was not turned', () => {
    const rows = ['2615266', '3525356', '1726167', '4434455', '2526365']
    const items = (isTurned: boolean) =>
      Array.from({ length: 7 }, (_, index) =>
        scale(`i${index}`, { reversed: isTurned && [0, 2, 4].includes(index) }, 7),
      )
    const responses = (copies: number) =>
      Array.from({ length: copies }, () => rows)
        .flat()
        .map(row => said(Object.fromEntries([...row].map((digit, index) => [`i${index}`, Number(digit)]))))
    expect(computeRelease(inputOf(items(true), responses(6))).alpha).toBe(0.94)
    expect(computeRelease(inputOf(items(false), responses(6))).alpha).toBe(-13.07)
    expect(computeRelease(inputOf(items(true), responses(5))).alpha).toBeNull()
  })

  it('takes agreement from displayed groups that are large enough for means', () => {
    const spread = (group: string, counts: Record<string, number>) => times('a', counts, group)
    const responses = [...spread('a', { 5: 15, 2: 6 }), ...spread('b', { 2: 15, 4: 6 }), ...spread('c', { 3: 4, 4: 4 })]
    const release = computeRelease(inputOf([scale('a')], responses, { groups: teams('a', 'b', 'c') }))
    expect(release.agreement?.f).toBeGreaterThan(1)
    const alone = computeRelease(inputOf([scale('a')], responses.slice(0, 42), { groups: teams('a', 'c') }))
    expect(alone.agreement).toBeNull()
  })

  it('shows nothing but the counts with more answers than invited', () => {
    const release = computeRelease(
      inputOf([scale('a')], times('a', { 5: 20, 1: 9 }), { invited: 28, groups: teams('a') }),
    )
    expect(release).toMatchObject({ cast: 29, invited: 28, index: null, alpha: null, agreement: null, comments: [] })
    expect(release.items.every(one => one.hidden && one.n === null && one.bounds === null)).toBe(true)
    expect(release.groups.every(one => one.hidden)).toBe(true)
  })

  it.each([0, 1, 4])('shows nothing with %i answers, and with five the whole', cast => {
    const few = computeRelease(inputOf([scale('a')], times('a', { 4: cast }), { invited: 30 }))
    expect(item(few, 'a')).toMatchObject({ hidden: true, n: null, favourable: null, interval: null })
    expect(item(computeRelease(inputOf([scale('a')], times('a', { 4: 3, 1: 2 }))), 'a')).toMatchObject({ n: 5 })
  })

  it('leaves out groups that are barred, and those who named no group count for everybody only', () => {
    const responses = [
      ...times('a', { 4: 6, 2: 4 }, 'a'),
      ...times('a', { 4: 6, 2: 4 }, 'b'),
      ...times('a', { 4: 4, 2: 3 }, 'c'),
      ...times('a', { 4: 3, 2: 3 }),
      ...times('a', { 4: 1 }, 'not-a-group'),
    ]
    const release = computeRelease(
      inputOf([scale('a')], responses, { groups: teams('a', 'b', 'c'), barred: new Set(['b']) }),
    )
    expect(release.groups.map(one => one.hidden)).toEqual([false, false, true, false])
    expect(item(release, 'a').n).toBe(34)
  })
})

describe('a choice', () => {
  const of = (counts: Record<string, number>) =>
    item(computeRelease(inputOf([choice('c', 'single', Object.keys(counts))], times('c', counts))), 'c').distribution

  it('shows options with at least k people, and never one from which a smaller follows', () => {
    expect(of({ x: 12, y: 9, z: 7 })).toHaveLength(3)
    expect(of({ x: 12, y: 9, z: 3 })).toEqual([{ value: 'x', count: 12 }])
    expect(of({ x: 12, y: 9, z: 3, w: 3 })?.map(one => one.value)).toEqual(['x', 'y'])
    expect(of({ x: 20, y: 0 })).toBeNull()
    expect(of({ x: 9, y: 7, z: 3 })).toBeNull()
  })

  it('of several hides options that nearly everybody or hardly anybody chose', () => {
    const responses = Array.from({ length: 24 }, (_, index) =>
      said({ c: ['x', ...(index < 10 ? ['y'] : []), ...(index < 3 ? ['z'] : [])] }),
    )
    const release = computeRelease(inputOf([choice('c', 'multiple', ['x', 'y', 'z'])], responses))
    expect(item(release, 'c').distribution).toEqual([{ value: 'y', count: 10 }])
  })
})

describe('a question that only some were asked', () => {
  const items = [
    choice('led', 'single', ['yes', 'no', 'unsure']),
    scale('how', { showIf: { item: 'led', values: ['yes'] } }),
    scale('why', { showIf: { item: 'led', values: ['no'] } }),
  ]
  const responses = (yes: number, no: number, unsure: number, skipped = 0) => [
    ...Array.from({ length: yes }, (_, index) =>
      said(index < skipped ? { led: 'yes' } : { led: 'yes', how: 2 + (index % 3) }),
    ),
    ...Array.from({ length: no }, (_, index) => said({ led: 'no', why: 2 + (index % 3) })),
    ...Array.from({ length: unsure }, () => said({ led: 'unsure', how: 5 })),
  ]
  const shown = (...counts: [number, number, number, number?]) =>
    computeRelease(inputOf(items, responses(...counts))).items.map(one => !one.hidden)

  it('is shown where everybody around it is many, and counts only who was asked', () => {
    expect(shown(10, 9, 8)).toEqual([true, true, true])
    expect(item(computeRelease(inputOf(items, responses(10, 9, 8))), 'how').n).toBe(10)
  })

  it('is hidden where its number with that of the question before gives fewer than k', () => {
    expect(shown(4, 10, 10)).toEqual([true, false, true])
    expect(shown(20, 4, 0)).toEqual([true, false, false])
    expect(shown(12, 10, 2)).toEqual([true, true, false])
    expect(shown(12, 10, 8, 3)).toEqual([true, false, true])
    expect(shown(12, 10, 8, 6)).toEqual([true, true, true])
  })

  it('is hidden where it would divide options that are shown only together', () => {
    const split = [items[0]!, scale('how', { showIf: { item: 'led', values: ['yes', 'unsure'] } })]
    const release = computeRelease(inputOf(split, responses(20, 6, 3)))
    expect(item(release, 'led').distribution).toEqual([{ value: 'yes', count: 20 }])
    expect(item(release, 'how').hidden).toBe(true)
  })

  it('is hidden with the question before', () => {
    const release = computeRelease(inputOf(items, responses(4, 0, 0)))
    expect(release.items.every(one => one.hidden)).toBe(true)
  })
})

/** A tree of groups with responses to two questions, of which some leave one out. */
const anyWave: fc.Arbitrary<{ groups: GroupNode[]; responses: OpenedResponse[]; k: number }> = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: 0, maxLength: 12 }),
    k: fc.integer({ min: 5, max: 8 }),
    people: fc.array(fc.record({ at: fc.nat(14), count: fc.integer({ min: 1, max: 7 }), a: fc.nat(5), b: fc.nat(5) }), {
      maxLength: 14,
    }),
  })
  .map(({ parents, k, people }) => {
    const nodes = [{ id: '0', label: '0', parent: null as string | null, isChoice: false }]
    parents.forEach((parent, index) => {
      nodes.push({ id: `${index + 1}`, label: `${index + 1}`, parent: `${parent % (index + 1)}`, isChoice: false })
    })
    const groups = nodes.map(node => ({ ...node, isChoice: !nodes.some(other => other.parent === node.id) }))
    const leaves = groups.filter(node => node.isChoice)
    const responses = people.flatMap(({ at, count, a, b }) => {
      const answers = { ...(a > 0 ? { a } : {}), ...(b > 0 ? { b } : {}) }
      return Array.from({ length: count }, () => said(answers, leaves[at]?.id ?? null))
    })
    return { groups, responses, k }
  })

/** The published groups as a tree, from the JSON alone: shown groups with their n, hidden ones without. */
function residualsIn(release: Release, nOf: (group: ReleaseGroup) => number | null): Map<string, number> {
  const shown = new Map(release.groups.flatMap(one => (nOf(one) === null ? [] : [[one.id, nOf(one)!] as const])))
  const left = new Map(shown)
  for (const one of release.groups) {
    if (!shown.has(one.id)) continue
    let above = one.parent
    while (above !== null && !shown.has(above)) above = release.groups.find(other => other.id === above)?.parent ?? null
    if (above !== null) left.set(above, left.get(above)! - shown.get(one.id)!)
  }
  return left
}

describe('the published JSON alone', () => {
  it('satisfies the residual rule for counts and for every question, in 10,000 random waves', () => {
    fc.assert(
      fc.property(anyWave, ({ groups, responses, k }) => {
        const items = [scale('a'), scale('b', { reversed: true })]
        const release: Release = JSON.parse(JSON.stringify(computeRelease(inputOf(items, responses, { groups, k }))))
        const isSafe = (n: number) => n === 0 || n >= k
        for (const n of residualsIn(release, one => (one.hidden ? null : one.n)).values()) expect(isSafe(n)).toBe(true)
        for (const { id, hidden, n } of release.items) {
          if (!hidden) expect(n).toBeGreaterThanOrEqual(k)
          const cellOf = (one: ReleaseGroup) => (one.hidden ? null : (one.items.find(cell => cell.id === id) ?? null))
          const left = residualsIn(release, one => {
            const cell = cellOf(one)
            return cell && !cell.hidden ? cell.n! : null
          })
          for (const size of left.values()) expect(isSafe(size)).toBe(true)
          for (const one of release.groups) {
            const cell = cellOf(one)
            if (cell && !cell.hidden) expectCoarse(cell)
            if (one.hidden) expect(Object.keys(one).sort()).toEqual(['hidden', 'id', 'label', 'parent'])
          }
        }
      }),
      { numRuns: 10_000 },
    )
  })

  it('lets no residual of a question be of one mind, whatever is hidden, but for the whole, which is shown coarsely', () => {
    fc.assert(
      fc.property(anyWave, ({ groups, responses, k }) => {
        const release = computeRelease(inputOf([scale('a')], responses, { groups, k }))
        const shown = new Set(release.groups.filter(one => !one.hidden && !one.items[0]?.hidden).map(one => one.id))
        if (shown.size < 2) return
        for (const { leaves, count } of residualsOf(treeOf(groups, responses), shown)) {
          if (count === 0) continue
          const classes = responses
            .filter(one => leaves.includes(one.group ?? 'none') && typeof one.answers.a === 'number')
            .map(one => Math.sign((one.answers.a as number) - 3))
          if (classes.length > 0) expect(new Set(classes).size).toBeGreaterThan(1)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('shows as many people as any safe choice of groups, tried one by one in small trees', () => {
    fc.assert(
      fc.property(anyWave, ({ groups, responses, k }) => {
        fc.pre(groups.length <= 9)
        const tree = treeOf(groups, responses)
        const release = computeRelease(inputOf([scale('a')], responses, { groups, k }))
        const weight = release.groups.reduce((sum, one) => sum + (one.hidden ? 0 : one.n), 0)
        expect(weight).toBe(bestWeight(tree, groups, k))
      }),
      { numRuns: 300 },
    )
  })

  it('leaves a collusion of k − 2 people at least two others in whatever it can single out', () => {
    fc.assert(
      fc.property(anyWave, ({ groups, responses, k }) => {
        const release = computeRelease(inputOf([scale('a')], responses, { groups, k }))
        const left = residualsIn(release, one => (one.hidden ? null : one.n))
        for (const n of left.values()) if (n > 0) expect(n - (k - 2)).toBeGreaterThanOrEqual(2)
      }),
      { numRuns: 1_000 },
    )
  })
})

function treeOf(groups: GroupNode[], responses: OpenedResponse[]): Group {
  const grown = (id: string): Group => {
    const parts = groups.filter(one => one.parent === id)
    if (parts.length === 0)
      return { id, count: responses.filter(one => one.group === id || groups.length === 1).length }
    return { id, parts: parts.map(part => grown(part.id)) }
  }
  const root = grown('0')
  const none = responses.filter(one => one.group === null).length
  return root.parts ? { ...root, parts: [...root.parts, { id: 'none', count: none, isHidden: true }] } : root
}

function bestWeight(tree: Group, groups: GroupNode[], k: number): number {
  const sizeOf = (id: string): number => {
    const find = (one: Group): Group | undefined => (one.id === id ? one : one.parts?.map(find).find(Boolean))
    const sum = (one: Group): number => one.parts?.reduce((total, part) => total + sum(part), 0) ?? one.count ?? 0
    return sum(find(tree)!)
  }
  let best = 0
  for (let mask = 0; mask < 2 ** groups.length; mask++) {
    const ids = new Set(groups.filter((_, index) => (mask >> index) & 1).map(one => one.id))
    const isSafe =
      ids.has('0') &&
      [...ids].every(id => sizeOf(id) >= k) &&
      residualsOf(tree, ids).every(({ count }) => count === 0 || count >= k)
    if (isSafe)
      best = Math.max(
        best,
        [...ids].reduce((sum, id) => sum + sizeOf(id), 0),
      )
  }
  expect(publishedGroups(tree, k).size > 0).toBe(best > 0)
  return best
}

function expectCoarse(cell: GroupItem): void {
  const n = cell.n as number
  for (const name of CLASSES) {
    const count = cell[name]
    if (typeof count === 'number' && n < 20) expect(count > 1 && count < n - 1).toBe(true)
    if (count === undefined) expect(name in { ...cell.atMost, ...cell.atLeast }).toBe(true)
  }
}
