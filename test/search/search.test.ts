import { beforeAll, describe, expect, it } from 'vitest'
import type { SearchDocument } from '#app/search/document.ts'
import { indexDocuments, removeDocuments } from '#app/search/index-documents.server.ts'
import { related, suggestFromSimilar } from '#app/search/related.server.ts'
import type { SearchRequest } from '#app/search/request.ts'
import { search } from '#app/search/search.server.ts'
import { type Db, inTransaction, migrate, openDatabase } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { CORPUS } from './corpus.ts'
import { documentOf, inMemoryTexts } from './support.ts'

const texts = inMemoryTexts(CORPUS)
const find = (db: Db, request: SearchRequest) => search(db, request, { texts: async ids => texts(ids) })
const add = (db: Db, documents: SearchDocument[]) => inTransaction(db, tx => indexDocuments(tx, documents))

onBothDatabases('search', database => {
  let db: Db
  const titles = async (request: SearchRequest | string) => {
    const { hits } = await find(db, typeof request === 'string' ? { q: request } : request)
    return hits.map(hit => hit.title)
  }
  const first = async (q: string) => (await titles(q))[0]

  beforeAll(async () => {
    db = await database.fresh()
    await add(db, CORPUS)
  })

  it('finds by words of title, summary, factors, lessons, actions and body, the best first', async () => {
    expect(await first('connection pool exhausted')).toBe('Checkout failed while the connection pool was exhausted')
    expect(await first('expired certificate')).toContain('Certificate of the partner API')
    expect(await first('retrying jitter')).toContain('Retry storm took')
    expect(await first('staged roll-outs')).toContain('Feature flag')
    expect(await first('exit code 137')).toContain('Out of memory')
  })

  it('puts documents with all the words before those with one', async () => {
    const found = await titles('redis failover')
    expect(found[0]).toBe('Redis failover lost an hour of carts')
    expect(found).toContain('Thundering herd after the cache was emptied')
  })

  it('finds what engineers paste, whole or in part', async () => {
    for (const q of [
      'ConnectionPoolTimeoutException',
      'connectionpooltimeoutexception',
      'orders_db error.log',
      '2.14.3',
      'v2.14',
      '0x80070005',
      'ECONNRESET',
    ])
      expect(await first(q), q).toBe('Checkout failed while the connection pool was exhausted')
    expect(await first('max_request_rate')).toBe('Config typo disabled rate limiting')
  })

  it('finds words with and without accents, and names of services and themes', async () => {
    expect(await first('creme brulee')).toContain('Crème brûlée')
    expect(await first('partner-gateway')).toContain('partner API')
    expect(await titles('certificate expiry')).toHaveLength(2)
  })

  it('puts the incident that the query names first', async () => {
    expect(await first('INC-140')).toBe('Connection pool starvation after a slow migration')
    expect(await first('inc-140')).toBe('Connection pool starvation after a slow migration')
    expect(await first('"INC-140"')).toBe('Connection pool starvation after a slow migration')
    expect(await first('PD-Q3X7')).toBe('Checkout failed while the connection pool was exhausted')
  })

  it('lists everything, the newest first and the undated last, when nothing is asked', async () => {
    const { total, hits, notices } = await find(db, { limit: 200 })
    expect(total).toBe(CORPUS.length)
    expect(hits[0]!.title).toBe('Feature flag rolled out to everyone at once')
    expect(hits.at(-1)!.title).toBe('An undated note about capacity')
    const dates = hits.map(hit => hit.occurredAt ?? hit.publishedAt ?? '')
    expect(dates).toEqual(dates.toSorted().reverse())
    expect(notices).toEqual([])
  })

  it('sorts hits by time when asked', async () => {
    const found = await titles({ q: 'certificate', sort: 'newest' })
    expect(found).toEqual([
      'Certificate of the partner API expired on a holiday',
      'Wildcard certificate expiry broke logins',
    ])
  })

  it('asks for a phrase as it stands, common words included', async () => {
    expect(await titles('"out of memory"')).toEqual(['Out of memory in the image resizer'])
    expect(await titles('"connection pool" migration')).toHaveLength(2)
    expect(await titles('"pool connection"')).toEqual([])
    expect(await titles('"pool timeout exception"')).toEqual([
      'Checkout failed while the connection pool was exhausted',
    ])
    expect(await titles('"expiry broke logins"')).toEqual(['Wildcard certificate expiry broke logins'])
  })

  it('asks whether another word was meant when a mistyped one finds nothing, and only then', async () => {
    expect((await find(db, { q: 'certifcate -staging' })).didYouMean).toBe('certificate -staging')
    expect((await find(db, { q: 'certificate' })).didYouMean).toBeNull()
    expect((await find(db, { q: 'zzzzqqqq' })).didYouMean).toBeNull()
  })

  it('leaves out what is excluded', async () => {
    expect(await titles('cache -redis')).toEqual(['Memory leak in the session cache'])
    expect(await titles('memory -"out of memory"')).toEqual(['Memory leak in the session cache'])
    expect((await find(db, { q: '-service' })).total).toBe(CORPUS.length - 16)
    expect((await find(db, { q: '-"stopped with deadlock"' })).total).toBe(CORPUS.length - 5)
    expect(await titles('login -"INC-119" wildcard -certificate')).toEqual(['Memory leak in the session cache'])
  })

  it('filters by operators in any order, by value or label', async () => {
    expect(await titles('severity:sev1 theme:"Retry storms" before:2024-04')).toEqual([
      'Checkout failed while the connection pool was exhausted',
    ])
    expect(await titles('theme:retry-storms theme:caching')).toEqual(['Thundering herd after the cache was emptied'])
    expect(await titles('team:identity after:2024 ')).toEqual(['Memory leak in the session cache'])
    expect(await titles('has:timeline has:actions')).toEqual([
      'Checkout failed while the connection pool was exhausted',
    ])
    expect(await titles('has:prevention')).toHaveLength(1)
    expect(await titles('service:redis')).toHaveLength(2)
    expect(await titles('before:2022-10-11 after:2022-10-10')).toEqual([
      'Crème brûlée day: promotion overloaded the café service',
    ])
    const severe = await find(db, { q: 'severity:1 severity:2', limit: 200 })
    expect(new Set(severe.hits.map(hit => hit.severity))).toEqual(new Set(['SEV-1', 'SEV-2']))
  })

  it('filters by the fields of the page', async () => {
    expect(await titles({ theme: 'caching', service: 'redis' })).toEqual([
      'Thundering herd after the cache was emptied',
    ])
    expect(await titles({ theme: ['dns', 'failover'] })).toHaveLength(2)
    expect(await titles({ from: '2025', to: '2025-02' })).toEqual(['Connection pool starvation after a slow migration'])
  })

  it('searches what it cannot read as words and says so', async () => {
    const { notices, hits } = await find(db, { q: 'before:soon redis "thundering theme:' })
    expect(hits[0]!.title).toContain('Thundering herd')
    expect(notices).toEqual([
      '"before:soon" is not a date, so it was searched as words.',
      '"thundering theme: has no closing quotation mark, so its words were searched one by one.',
    ])
    expect((await find(db, { q: 'theme:nonsense' })).notices).toEqual(['No postmortem has the theme "nonsense".'])
    expect((await find(db, { from: 'yesterday' })).notices).toEqual([
      '"yesterday" is not a date, so from was left open.',
    ])
    const common = await find(db, { q: 'the of' })
    expect(common.total).toBe(CORPUS.length)
    expect(common.notices[0]).toContain('"the", "of"')
  })

  it('counts facets within the result, and a chosen facet as if it were not chosen', async () => {
    const { facets } = await find(db, { q: 'certificate' })
    expect(facets.theme).toEqual([{ value: 'certificate-expiry', label: 'Certificate expiry', count: 2 }])
    expect(facets.severity.map(one => [one.value, one.count])).toEqual([
      ['SEV-1', 1],
      ['SEV-2', 1],
    ])
    expect(facets.year.map(one => one.value)).toEqual(['2024', '2023'])
    const chosen = await find(db, { q: 'certificate', severity: 'SEV-1' })
    expect(chosen.total).toBe(1)
    expect(chosen.facets.severity.map(one => one.count)).toEqual([1, 1])
    expect(chosen.facets.service.map(one => one.value)).toEqual(['login'])
    const empty = await find(db, { q: 'certificate', theme: 'dns' })
    expect(empty.total).toBe(0)
    expect(empty.facets.theme).toContainEqual({ value: 'dns', label: 'DNS', count: 0 })
  })

  it('counts facets as counting by hand does', async () => {
    const requests: SearchRequest[] = [
      {},
      { theme: 'caching' },
      { severity: ['SEV-1', 'SEV-3'], from: '2023' },
      { theme: ['memory', 'capacity'], service: 'login' },
      { from: '2022', to: '2025', severity: 'SEV-2' },
    ]
    for (const request of requests) {
      const { facets, total } = await find(db, request)
      expect(total).toBe(CORPUS.filter(document => passes(document, request)).length)
      for (const facet of ['theme', 'severity', 'service', 'year'] as const) {
        const open = { ...request, ...(facet === 'year' ? { from: null, to: null } : { [facet]: null }) }
        const counts = new Map<string, number>()
        for (const document of CORPUS.filter(one => passes(one, open)))
          for (const value of valuesOf(document, facet)) counts.set(value, (counts.get(value) ?? 0) + 1)
        const shown = facets[facet].filter(one => one.count > 0)
        expect(new Map(shown.map(one => [one.value, one.count])), `${facet} of ${JSON.stringify(request)}`).toEqual(
          counts,
        )
      }
    }
  })

  it('turns pages without losing or repeating a hit', async () => {
    for (const request of [{ q: 'service stopped' }, {}, { q: 'alert', sort: 'newest' as const }]) {
      const all = (await find(db, { ...request, limit: 200 })).hits.map(hit => hit.subjectId)
      const turned: string[] = []
      for (let offset = 0; offset < all.length; offset += 4)
        turned.push(...(await find(db, { ...request, offset, limit: 4 })).hits.map(hit => hit.subjectId))
      expect(turned).toEqual(all)
      expect(new Set(turned).size).toBe(all.length)
    }
    expect((await find(db, { q: 'alert', offset: 1_000 })).hits).toEqual([])
  })

  it('marks the words of the query in the passage and escapes all else', async () => {
    const [hit] = (await find(db, { q: 'exporter stops' })).hits
    expect(hit!.snippet).toContain('the <mark>exporter</mark> <mark>stopped</mark>')
    for (const q of ['product', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'friends'])
      for (const { snippet } of (await find(db, { q, limit: 200 })).hits)
        expect(snippet.replace(/<\/?mark>/g, '')).not.toMatch(/[<>"']/)
  })

  it('answers every query, however hostile', async () => {
    for (const q of HOSTILE) {
      const result = await find(db, { q })
      expect(result.total).toBeGreaterThanOrEqual(0)
      expect(result.notices.length).toBeLessThanOrEqual(6)
    }
  })

  it('cuts a very long query to its most telling terms and says so', async () => {
    const filler = Array.from({ length: 1_200 }, (_, i) => `filler${i}x`).join(' ')
    const { hits, notices } = await find(db, { q: `${filler} ECONNRESET service thundering` })
    expect(hits[0]!.title).toMatch(/Checkout failed|Thundering herd/)
    expect(notices.join()).toContain('most telling')
  })

  it('names related ones by family, themes, services and words, and why', async () => {
    const [closest] = await related(db, 's00', 3)
    expect(closest!.title).toBe('Connection pool starvation after a slow migration')
    expect(closest!.shared).toMatchObject({
      family: true,
      themes: [{ label: 'Connection pools' }],
      services: [{ value: 'orders-db' }],
    })
    expect((await related(db, 's03')).map(one => one.title)).toContain('Wildcard certificate expiry broke logins')
    expect(await related(db, 'nobody')).toEqual([])
  })

  it('suggests the themes of similar postmortems for a new text', async () => {
    const text = {
      summary: 'Sessions waited until the connection pool was exhausted; checkout timed out.',
      factors: '',
    }
    const themes = await suggestFromSimilar(
      db,
      {
        title: 'Exhausted connection pool',
        ...text,
        lessons: '',
        actions: '',
        body: 'The connection pool, again the pool.',
      },
      3,
    )
    expect(themes[0]).toEqual({ value: 'connection-pools', label: 'Connection pools', count: 2 })
    const nothing = { title: '', summary: '', factors: '', lessons: '', actions: '', body: '' }
    expect(await suggestFromSimilar(db, nothing)).toEqual([])
    const own = await suggestFromSimilar(db, texts(['s05']).get('s05')!, 5, { except: 's05' })
    expect(own.map(theme => theme.value)).not.toContain('dns')
  })

  it('says when a phrase was looked for in a part of the documents only', async () => {
    const own = await database.fresh()
    const many = Array.from({ length: 620 }, (_, i) =>
      documentOf({ subjectId: `n${i}`, title: 'alpha beta', texts: { body: `${i}` } }),
    )
    await add(own, many)
    const given = inMemoryTexts(many)
    const asked: number[] = []
    const load = async (ids: string[]) => {
      asked.push(ids.length)
      return given(ids)
    }
    const { total, notices } = await search(own, { q: '"alpha beta"' }, { texts: load })
    expect(total).toBe(500)
    expect(Math.max(...asked)).toBe(500)
    expect(notices[0]).toContain('620 postmortems have the words of the phrase')
    expect((await search(own, { q: '"beta alpha"' }, { texts: load })).total).toBe(0)
  })

  it('takes in documents of any bytes', async () => {
    const own = await database.fresh()
    const body = HOSTILE.slice(0, -4).join('\n')
    await add(own, [
      documentOf({
        subjectId: 'h',
        title: 'zebra \0 \ud800 <b>',
        themes: ['\udfff'],
        texts: { summary: 'a'.repeat(100_000), body },
      }),
    ])
    const { hits, facets } = await search(own, { q: 'zebra שלום 障害' }, { texts: async () => new Map() })
    expect(hits.map(hit => hit.subjectId)).toEqual(['h'])
    expect(facets.theme[0]!.label).toBe('\udfff')
  })

  describe('as documents change', () => {
    const before = documentOf({
      subjectId: 'x',
      title: 'Quokka overload',
      themes: ['Marsupials'],
      texts: { body: 'quokka' },
    })
    const after = documentOf({
      ...before,
      title: 'Wombat overload',
      themes: ['Diggers'],
      services: [],
      teams: [],
      texts: { body: 'wombat' },
    })

    it('finds a replaced document by its new words and not by the old ones', async () => {
      const own = await database.fresh()
      await add(own, [before, ...CORPUS])
      expect((await find(own, { q: 'quokka' })).total).toBe(1)
      await add(own, [after])
      expect((await find(own, { q: 'quokka' })).total).toBe(0)
      expect((await find(own, { q: 'marsupials' })).total).toBe(0)
      expect((await find(own, { q: 'wombat' })).total).toBe(1)
      const { total, facets } = await find(own, {})
      expect(total).toBe(CORPUS.length + 1)
      expect(facets.theme.map(one => one.label)).not.toContain('Marsupials')
      // The next write clears the dead numbers out of the rows; nothing changes for the reader.
      await add(own, [after])
      expect((await find(own, { q: 'wombat' })).hits.map(hit => hit.subjectId)).toEqual(['x'])
    })

    it('forgets a removed document in hits, counts, facets, phrases and related ones, and can take it back', async () => {
      const own = await database.fresh()
      await add(own, CORPUS)
      expect((await related(own, 's00')).map(one => one.subjectId)).toContain('s01')
      await inTransaction(own, tx => removeDocuments(tx, ['s01', 'unknown']))
      expect((await find(own, { q: 'INC-140' })).hits.map(hit => hit.subjectId)).not.toContain('s01')
      expect((await find(own, { q: 'slow migration' })).total).toBe(0)
      expect((await find(own, { q: '"slow migration"' })).total).toBe(0)
      const { total, facets } = await find(own, { limit: 200 })
      expect(total).toBe(CORPUS.length - 1)
      expect(facets.theme.map(one => one.value)).not.toContain('migrations')
      expect((await related(own, 's00')).map(one => one.subjectId)).not.toContain('s01')
      expect(await related(own, 's01')).toEqual([])
      const row = await own
        .selectFrom('search_documents')
        .select('facets')
        .where('subject_id', '=', 's01')
        .executeTakeFirst()
      expect(row!.facets).toBe('{}')
      await add(own, [CORPUS[1]!])
      expect((await find(own, { q: 'slow migration' })).total).toBe(1)
    })

    it('shows nothing of a transaction that fails, and to the transaction itself what it has written', async () => {
      const own = await database.fresh()
      await add(own, CORPUS)
      const failing = inTransaction(own, async tx => {
        await indexDocuments(tx, [before])
        expect((await find(tx, { q: 'quokka' })).total).toBe(1)
        throw new Error('stop')
      })
      await expect(failing).rejects.toThrow('stop')
      expect((await find(own, { q: 'quokka' })).total).toBe(0)
      await add(own, [after])
      expect((await find(own, { q: 'wombat' })).total).toBe(1)
    })

    it('lets two instances see each other’s changes', async () => {
      const url = await database.url()
      const [one, two] = [openDatabase(url), openDatabase(url)]
      await migrate(one)
      await add(one, CORPUS)
      expect((await find(two, { q: 'redis' })).total).toBe(2)
      await Promise.all([add(one, [before]), add(two, [{ ...before, subjectId: 'y' }])])
      for (const instance of [one, two]) expect((await find(instance, { q: 'quokka' })).total).toBe(2)
      await inTransaction(two, tx => removeDocuments(tx, ['x']))
      expect((await find(one, { q: 'quokka' })).hits.map(hit => hit.subjectId)).toEqual(['y'])
      await Promise.all([one.destroy(), two.destroy()])
    })

    it('keeps many revisions of one document over several blocks apart', async () => {
      const own = await database.fresh()
      const many = Array.from({ length: 700 }, (_, i) => documentOf({ subjectId: `m${i}`, title: `common r${i}x` }))
      await add(own, many)
      await add(
        own,
        many.slice(0, 400).map(document => ({ ...document, title: document.title.replace(' r', ' f') })),
      )
      expect((await find(own, { q: 'common' })).total).toBe(700)
      expect((await find(own, { q: 'r5x' })).total).toBe(0)
      expect((await find(own, { q: 'f399x' })).total).toBe(1)
      expect((await find(own, { q: 'r400x' })).total).toBe(1)
    })
  })
})

type Facet = 'theme' | 'severity' | 'service' | 'year'

function valuesOf(document: SearchDocument, facet: Facet): string[] {
  if (facet === 'theme') return document.themes.map(one => one.value)
  if (facet === 'service') return document.services.map(one => one.value)
  if (facet === 'severity') return document.severity ? [document.severity] : []
  return (document.occurredAt ?? document.publishedAt ?? '').slice(0, 4).split(' ').filter(Boolean)
}

function passes(document: SearchDocument, request: SearchRequest): boolean {
  const year = valuesOf(document, 'year')[0]
  return (
    (['theme', 'severity', 'service'] as const).every(facet => {
      const chosen = [request[facet] ?? []].flat()
      return chosen.length === 0 || valuesOf(document, facet).some(value => chosen.includes(value))
    }) &&
    (!request.from || (year !== undefined && year >= request.from)) &&
    (!request.to || (year !== undefined && year < request.to))
  )
}

const HOSTILE = [
  '',
  ' ',
  '!!!',
  '"',
  '""""""',
  '-',
  '- - -',
  '-the',
  '"the of"',
  "'; drop table search_documents; --",
  '\\u0000 \0 \ud800 \udfff',
  'שלום עולם مرحبا',
  '障害 😀 👩‍👩‍👧',
  '%_* (a|b)+$ [z-a] ((((',
  'theme:"" severity: has: before:9999-99-99 after:-1',
  '-"'.repeat(5_000),
  '"a b" '.repeat(3_000),
  'a'.repeat(1_000_000),
  'x '.repeat(20_000),
  Array.from({ length: 10_000 }, (_, i) => `w${i}`).join(' '),
]
