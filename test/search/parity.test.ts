import { afterAll, describe, expect, it } from 'vitest'
import { indexDocuments } from '#app/search/index-documents.server.ts'
import { search } from '#app/search/search.server.ts'
import { inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { CORPUS } from './corpus.ts'
import { inMemoryTexts } from './support.ts'

const QUERIES = [
  ...[
    '',
    'certificate',
    'connection pool',
    'redis cache',
    '"thundering herd"',
    'the service stopped',
    'disk full alert',
  ],
  ...[
    'INC-101',
    'v2.14.3',
    'ConnectionPoolTimeoutException',
    'orders-db',
    'creme',
    'x509',
    '137',
    'clock drift billing',
  ],
  ...[
    'severity:1',
    'theme:caching',
    'service:redis -failover',
    'before:2023',
    'after:2024-06 service',
    'has:timeline pool',
  ],
  ...['team:storage stopped', '-service', '-"disk full" stopped', 'deadlock severity:2', 'before:soon', '"open quote'],
  ...['memory leak session', 'retry backoff jitter budgets', 'mail video ledger maps'],
]

/** What each database answered, to be held against the other. */
const answers = new Map<string, unknown>()

onBothDatabases('search gives the same', database => {
  it('hits, scores, facets and notices for thirty queries', async () => {
    const db = await database.fresh()
    for (let at = 0; at < CORPUS.length; at += 7)
      await inTransaction(db, tx => indexDocuments(tx, CORPUS.slice(at, at + 7)))
    // Two documents change, so that dead numbers are among the live ones.
    await inTransaction(db, tx => indexDocuments(tx, [CORPUS[3]!, CORPUS[20]!]))
    const texts = inMemoryTexts(CORPUS)
    const results = []
    for (const q of QUERIES) {
      const { hits, ...rest } = await search(db, { q, limit: 200 }, { texts: async ids => texts(ids) })
      results.push({ q, hits: hits.map(hit => [hit.subjectId, hit.score, hit.snippet]), ...rest })
    }
    answers.set(`database ${answers.size}`, results)
    expect(results).toHaveLength(30)
  })
})

describe('search', () => {
  afterAll(() => answers.clear())

  it('cannot be told from its answers on which database it runs', () => {
    const [one, two] = [...answers.values()]
    expect(answers.size).toBe(2)
    expect(two).toEqual(one)
  })
})
