import { beforeAll, describe, expect, it } from 'vitest'
import { libraryAddress, libraryQuery } from '#app/postmortems/library-query.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import type { Db } from '#db/index.server.ts'
import { seedDemo } from '#db/seeds/demo-organisation.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, prepared } from './house.ts'

/** Ten searches that somebody new would try, and which of the first three hits they hope for; the first by preference. */
const TEN: { search: string; hoped: string[]; total?: number; facets?: Record<string, Record<string, number>> }[] = [
  { search: 'connection pool exhausted', hoped: ['INC-97', 'INC-142', 'INC-61'] },
  { search: 'certificate expired', hoped: ['INC-14', 'INC-157', 'INC-73'] },
  { search: 'disk full', hoped: ['INC-112'] },
  { search: 'retry storm', hoped: ['INC-142', 'INC-108', 'INC-118'] },
  { search: 'dns', hoped: ['INC-44'] },
  {
    search: '"remaining connection slots are reserved"',
    hoped: ['INC-97'],
    total: 1,
    facets: { severity: { 'SEV-2': 1 }, year: { '2026': 1 } },
  },
  {
    search: 'theme:capacity service:checkout',
    hoped: ['INC-142'],
    total: 1,
    facets: { theme: { capacity: 1, 'retries-and-timeouts': 1, 'observability-gap': 1 }, severity: { 'SEV-1': 1 } },
  },
  { search: 'severity:1 after:2026', hoped: ['INC-157', 'INC-152'], facets: { severity: { 'SEV-1': 5 } } },
  { search: 'INC-142', hoped: ['INC-142'] },
  { search: 'bad deploy before sale -staging', hoped: ['INC-25'] },
]
/** Those whose very first hit can be foretold. */
const FIRST = ['disk full', '"remaining connection slots are reserved"', 'theme:capacity service:checkout', 'INC-142']

const asked = (q: string, more: Record<string, string> = {}) =>
  libraryQuery(new URL(`http://candor.test/library?${new URLSearchParams({ q, ...more })}`))

/** What each database answered, to be compared. */
const answers = new Map<string, unknown[]>()
const answersOf = (question: string, answer: unknown): unknown[] => {
  const list = [...(answers.get(question) ?? []), answer]
  answers.set(question, list)
  return list
}

onBothDatabases('the demo’s library', database => {
  let db: Db
  beforeAll(async () => {
    db = await prepared(database)
    await seedDemo({ db, clock })
  })
  const find = (q: string, more?: Record<string, string>, limit?: number) => searchLibrary(db, asked(q, more), limit)

  for (const { search, hoped, total, facets } of TEN)
    it(`answers ${search}`, async () => {
      const found = await find(search)
      const keys = found.hits.slice(0, 3).map(hit => hit.key)
      if (FIRST.includes(search)) expect(keys[0]).toBe(hoped[0])
      expect(
        hoped.some(key => keys.includes(key)),
        `the first three are ${keys.join(', ')}`,
      ).toBe(true)
      expect(found.notices).toEqual([])
      if (total !== undefined) expect(found.total).toBe(total)
      for (const [facet, counts] of Object.entries(facets ?? {})) {
        const counted = found.facets[facet as keyof typeof found.facets]
        expect(Object.fromEntries(counted.map(one => [one.value, one.count]))).toEqual(counts)
      }
    })

  it('answers the same on both databases', async () => {
    for (const { search } of TEN)
      for (const sort of ['best', 'newest']) {
        const { hits, ...rest } = await find(search, { sort }, 50)
        const both = answersOf(`${search} ${sort}`, {
          ...rest,
          hits: hits.map(({ subjectId: _, ...hit }) => hit),
        })
        expect(both.at(-1)).toEqual(both[0])
      }
  })

  it('counts in each facet what choosing it gives', async () => {
    for (const { search } of TEN.slice(0, 5)) {
      const { facets } = await find(search)
      for (const facet of ['theme', 'severity', 'service'] as const) {
        expect(facets[facet].length).toBeGreaterThan(0)
        for (const { value, count } of facets[facet].slice(0, 6)) {
          const chosen = await find(search, { [facet]: value })
          expect({ search, facet, value, total: chosen.total }).toEqual({ search, facet, value, total: count })
        }
      }
      for (const { value, count } of facets.year.slice(0, 4)) {
        const chosen = await find(search, { from: value, to: String(Number(value) + 1) })
        expect({ search, value, total: chosen.total }).toEqual({ search, value, total: count })
      }
    }
  })

  it('shows every hit once however it is paged', async () => {
    for (const [search, sort] of [
      ['', 'newest'],
      ['disk full', 'best'],
    ] as const) {
      const { total } = await find(search, { sort })
      const slugs: string[] = []
      for (let page = 1; slugs.length < total; page++) {
        const { hits } = await find(search, { sort, page: String(page) }, 7)
        expect(hits.length).toBe(Math.min(7, total - slugs.length))
        slugs.push(...hits.map(hit => hit.slug))
      }
      expect(new Set(slugs).size).toBe(total)
      expect((await find(search, { sort, page: '99999' }, 7)).hits).toEqual([])
    }
  })

  it('shows the newest first when asked', async () => {
    const { hits } = await find('', { sort: 'newest' }, 200)
    const days = hits.map(hit => hit.occurredAt ?? hit.publishedAt ?? '')
    expect(days.length).toBeGreaterThan(60)
    expect(days).toEqual([...days].sort().reverse())
  })

  it('marks in the passages what was searched for, and nothing else is markup', async () => {
    for (const { search } of TEN.slice(0, 6)) {
      const { hits } = await find(search)
      expect(hits[0]?.snippet).toMatch(/<mark>[^<]+<\/mark>/)
      for (const { snippet } of hits) expect(snippet.replace(/<\/?mark>/g, '')).not.toMatch(/[<>]/)
    }
  })

  it('answers nonsense with what can be read of it, and says what could not', async () => {
    const { notices, total } = await find('severity:purple before:soon has:everything "disk')
    expect(notices).toHaveLength(4)
    expect(total).toBeGreaterThan(0)
    expect((await find('zzzzqqqq')).total).toBe(0)
    expect((await find('theme:no-such-theme')).notices).toEqual(['No postmortem has the theme "no-such-theme".'])
  })
})

describe('the library’s address', () => {
  it('has what differs from the default, and reads back as the same query', () => {
    expect(libraryAddress(asked(''))).toBe('/library')
    const query = asked('a "b c" -d', { theme: 'capacity', severity: 'SEV-1', from: '2026', sort: 'newest', page: '3' })
    expect(libraryQuery(new URL(libraryAddress(query), 'http://x'))).toEqual(query)
  })

  it('takes nothing amiss', () => {
    for (const page of ['0', '-1', '1.5', 'NaN', '1e9', '١', '']) expect(asked('', { page }).page).toBe(1)
    expect(asked('a\0b', { sort: 'sideways', theme: ' ' })).toMatchObject({ q: 'ab', sort: 'best', theme: null })
    expect(asked('x'.repeat(50_000)).q.length).toBe(20_000)
  })
})
