/** What holds for any documents and any query. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SearchDocument } from '#app/search/document.ts'
import { explain } from '#app/search/explain.server.ts'
import { indexDocuments } from '#app/search/index-documents.server.ts'
import { type Postings, unitedPostings } from '#app/search/postings.ts'
import { search } from '#app/search/search.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { CORPUS } from './corpus.ts'
import { documentOf, inMemoryTexts } from './support.ts'

const FIELDS = ['summary', 'factors', 'lessons', 'actions', 'body'] as const
const WORDS = 'pool cache disk retry storm deploy alert quota lease shard Ausfall überlastet die und nicht war'.split(
  ' ',
)
/** A word that no other text has: plain, as programs write names, and German. */
const RARE = fc.oneof(
  fc.stringMatching(/^q[bcdfghjkm]{4,9}x$/),
  fc.stringMatching(/^Qx[bcdf]{3}[A-Z][bcdf]{4}$/),
  fc.stringMatching(/^qx-[bcdf]{4}-\d{1,3}$/),
  fc.stringMatching(/^qü[bcdf]{3,6}ß[en]$/),
)

onBothDatabases('For any documents', database => {
  const ask = (db: Db, documents: SearchDocument[], q: string, limit = 200) =>
    search(db, { q, limit }, { texts: async ids => inMemoryTexts(documents)(ids) })

  it('one with a rare word is found by it, wherever the word stands and whatever comes after', async () => {
    const db = await database.fresh()
    const all: SearchDocument[] = []
    let number = 0
    const prose = fc.array(fc.constantFrom(...WORDS), { minLength: 0, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(RARE, fc.constantFrom(...FIELDS), prose, prose, async (rare, field, before, after) => {
        const id = `d${number++}`
        const own = documentOf({ subjectId: id, title: before.slice(0, 5).join(' ') })
        own.texts[field] = [...before, `${rare}${id}`, ...after].join(' ')
        const other = documentOf({ subjectId: `${id}-other`, title: after.slice(0, 5).join(' ') })
        all.push(own, other)
        await inTransaction(db, tx => indexDocuments(tx, [own, other]))
        const { hits } = await ask(db, all, `${rare}${id}`)
        expect(hits[0]?.subjectId).toBe(id)
      }),
      { numRuns: 25 },
    )
  })

  it('another one that is added never changes whether one matches', async () => {
    const db = await database.fresh()
    await inTransaction(db, tx => indexDocuments(tx, CORPUS))
    const queries = [
      'connection pool',
      '"out of memory"',
      'cache -redis',
      'severity:1 stopped',
      'Ausfall',
      'certifcate',
    ]
    const matching = async (documents: SearchDocument[], q: string) =>
      (await ask(db, documents, q)).hits.map(hit => hit.subjectId).filter(id => !id.startsWith('new-'))
    const before = new Map<string, string[]>()
    for (const q of queries) before.set(q, (await matching(CORPUS, q)).toSorted())
    const all = [...CORPUS]
    const prose = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(prose, fc.constantFrom(...queries), async (words, q) => {
        const more = documentOf({ subjectId: `new-${all.length}`, title: words[0]!, texts: { body: words.join(' ') } })
        all.push(more)
        await inTransaction(db, tx => indexDocuments(tx, [more]))
        expect((await matching(all, q)).toSorted()).toEqual(before.get(q))
      }),
      { numRuns: 15 },
    )
  })

  it('the parts that an explanation names add up to the score, and its place is the place', async () => {
    const db = await database.fresh()
    await inTransaction(db, tx => indexDocuments(tx, CORPUS))
    const options = { texts: async (ids: string[]) => inMemoryTexts(CORPUS)(ids), synonyms: [['cache', 'redis']] }
    for (const q of ['connection pool exhausted', 'redis failover', 'service stopped', 'INC-101', 'certificate'])
      for (const [index, hit] of (await search(db, { q, limit: 200 }, options)).hits.entries()) {
        const told = await explain(db, { q }, hit.subjectId, options)
        const sum = told!.terms.reduce((total, term) => total + term.score, 0)
        expect(sum * told!.prior).toBeCloseTo(hit.score, 8)
        expect(told).toMatchObject({ place: index + 1, score: hit.score })
      }
    expect(await explain(db, { q: 'certificate' }, 'nobody', options)).toBeNull()
  })
})

describe('Lists of postings', () => {
  it('are one with the highest weights when they are united', () => {
    const list = fc
      .uniqueArray(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 })), { selector: ([number]) => number })
      .map(pairs => pairs.toSorted(([a], [b]) => a - b))
    const postingsOf = (pairs: [number, number][]): Postings => ({
      numbers: Int32Array.from(pairs, ([number]) => number),
      weights: Int32Array.from(pairs, ([, weight]) => weight),
    })
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), lists => {
        const wanted = new Map<number, number>()
        for (const [number, weight] of lists.flat()) wanted.set(number, Math.max(weight, wanted.get(number) ?? 0))
        const { numbers, weights } = unitedPostings(lists.map(postingsOf))
        expect(Array.from(numbers, (number, at) => [number, weights[at]])).toEqual(
          [...wanted].sort(([a], [b]) => a - b),
        )
      }),
    )
  })
})
