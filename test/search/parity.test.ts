import { afterAll, describe, expect, it } from 'vitest'
import { correctableWords } from '#app/search/did-you-mean.ts'
import type { SearchDocument } from '#app/search/document.ts'
import { indexDocuments } from '#app/search/index-documents.server.ts'
import { search } from '#app/search/search.server.ts'
import { inTransaction } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { CORPUS } from './corpus.ts'
import { documentOf, inMemoryTexts } from './support.ts'

const DOCUMENTS = [
  ...CORPUS,
  documentOf({
    subjectId: 'de-1',
    title: 'Zwei Ausfälle nach dem Wechsel der Zertifikate',
    texts: { body: 'Die Datenbanken waren überlastet, weil niemand die Größe der Verbindungen begrenzt hatte.' },
  }),
  documentOf({
    subjectId: 'de-2',
    title: 'Der Speicher war voll',
    texts: { body: 'Die Protokolle wurden nicht gelöscht, und der Dienst ist nach dem Neustart wieder ausgefallen.' },
  }),
]

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

/** Pairs of words of the documents, words with a slip, identifiers, and their like in German: three hundred in all. */
function moreQueries(count: number): string[] {
  const words = [...new Set(DOCUMENTS.flatMap(document => [...correctableWords(allOf(document))]))].sort()
  const names = [
    ...new Set(DOCUMENTS.flatMap(document => allOf(document).match(/\S*[\w][-_.\d][\w-.]*\w/g) ?? [])),
  ].sort()
  const word = (number: number): string => words[(number * 7919) % words.length]!
  return Array.from({ length: count }, (_, number) => {
    const one = word(number)
    const slip = 1 + (number % (one.length - 1))
    const forms = [
      `${one} ${word(number + 1)}`,
      one.slice(0, slip) + one.slice(slip + 1),
      names[number % names.length]!,
      `${one} -${word(number + 3)} ${word(number + 2)} after:2021`,
      `"${one}" ${word(number + 5)} ${word(number + 6)} ${word(number + 7)}`,
    ]
    return forms[number % forms.length]!
  })
}

function allOf({ title, key, texts }: SearchDocument): string {
  return [title, key, ...Object.values(texts)].join('\n')
}

/** What each database answered, to be held against the other. */
const answers = new Map<string, unknown>()

onBothDatabases('search gives the same', database => {
  it('hits, scores, facets and notices for three hundred queries', async () => {
    const db = await database.fresh()
    for (let at = 0; at < DOCUMENTS.length; at += 7)
      await inTransaction(db, tx => indexDocuments(tx, DOCUMENTS.slice(at, at + 7)))
    // Two documents change, so that dead numbers are among the live ones.
    await inTransaction(db, tx => indexDocuments(tx, [CORPUS[3]!, CORPUS[20]!]))
    const texts = inMemoryTexts(DOCUMENTS)
    const results = []
    const synonyms = [
      ['certificate', 'tls', 'x509 chain'],
      ['cache', 'redis'],
    ]
    for (const q of [...QUERIES, ...moreQueries(300 - QUERIES.length)]) {
      const { hits, ...rest } = await search(db, { q, limit: 200 }, { texts: async ids => texts(ids), synonyms })
      results.push({ q, hits: hits.map(hit => [hit.subjectId, hit.score, hit.snippet]), ...rest })
    }
    answers.set(`database ${answers.size}`, results)
    expect(results).toHaveLength(300)
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
