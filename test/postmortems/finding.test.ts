import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#app/identity/actor.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { findInLibrary } from '#app/postmortems/find-in-library.server.ts'
import { type LibraryQuery, libraryAddress, libraryQuery } from '#app/postmortems/library-query.ts'
import { presentLibrary } from '#app/postmortems/present-library.server.ts'
import { incidentSeenBefore, relatedTo } from '#app/postmortems/seen-before.server.ts'
import { shortAddress } from '#app/postmortems/short-address.server.ts'
import { suggestWhileTyping } from '#app/postmortems/suggest-while-typing.server.ts'
import { sharedReason } from '#app/search/shared-reason.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { clock, prepared, save, someone } from './house.ts'

/** A word of a restricted text, and a slip of the hand in it. */
const SECRET = 'glockenspiel'
const SLIP = 'glockenspeil'

const TRACE = `2026-11-24T03:12:09Z ERROR [ledger-api] posting failed
com.acme.pool.PoolTimeoutException: Connection is not available, request timed out
\tat com.acme.ledger.JournalWriter.append(JournalWriter.java:87)`

onBothDatabases('Finding', database => {
  let db: Db
  let member: Actor
  let editor: Actor
  let draft: string
  beforeAll(async () => {
    db = await prepared(database)
    ;[member, editor] = [await someone(db, 'member'), await someone(db, 'editor')]
    const write = (title: string, body: string, facts: { themes?: string[]; services?: string[] } = {}) =>
      save(db, editor, { title, status: 'published', sections: { body }, ...facts })
    await write(
      'The ledger ran out of connections',
      'JournalWriter kept a connection for each posting until the pool was empty.',
      {
        themes: ['capacity'],
        services: ['ledger-api'],
      },
    )
    await write(
      'An expired certificate stopped the partners',
      'Nobody renewed it. Every handshake failed at midnight.',
      {
        themes: ['expiry'],
        services: ['gateway'],
      },
    )
    await write('A cache was emptied at noon', 'All requests went to the database and queued there.', {
      themes: ['capacity'],
      services: ['storefront'],
    })
    for (let number = 0; number < 12; number++)
      await write(`Quiet week ${number}`, `Nothing of note in week ${number}.`)
    const hidden = await write(`The ${SECRET} affair`, `A ${SECRET} rang in the ledger-api.`, {
      themes: ['security'],
      services: [`${SECRET}-service`],
    })
    await changeVisibility({ db, clock, actor: editor }, hidden.slug, { change: 'restrict', reason: 'Legal asked.' })
    const own = await save(db, member, {
      title: 'Certificate of the gateway expired again',
      status: 'draft',
      authors: [member.email],
      themes: ['expiry'],
      services: ['gateway'],
      sections: { summary: 'The expired certificate stopped every handshake with partners.' },
    })
    draft = own.id
  })
  const asked = (q: string, more: Record<string, string> = {}): LibraryQuery =>
    libraryQuery(new URL(`http://candor.test/library?${new URLSearchParams({ q, ...more })}`))
  const find = (q: string, more?: Record<string, string>) => findInLibrary({ db, actor: member }, asked(q, more))
  const titles = async (q: string) => (await find(q)).hits.map(hit => hit.title)

  describe('by what was pasted', () => {
    it('puts the right postmortem first, and says what was searched for', async () => {
      const found = await find(TRACE)
      expect(found.hits[0]?.title).toBe('The ledger ran out of connections')
      expect(found.paste?.kind).toBe('stack trace')
      expect(found.paste?.used).toEqual(expect.arrayContaining(['JournalWriter', 'ledger-api']))
    })

    it('has an address that holds the terms, each of which can be taken out and in again', async () => {
      const address = await shortAddress(db, asked(TRACE))
      expect(address.length).toBeLessThan(1_000)
      const query = libraryQuery(new URL(address, 'http://candor.test'))
      const page = await presentLibrary({ db, actor: member }, query)
      expect(page.hits[0]?.title).toBe('The ledger ran out of connections')
      const term = page.readAs?.terms.find(one => one.text === 'JournalWriter')
      expect(term?.isUsed).toBe(true)
      const without = libraryQuery(new URL(term?.to ?? '', 'http://candor.test'))
      expect(without.q.split(' ')).not.toContain('JournalWriter')
      const again = (await presentLibrary({ db, actor: member }, without)).readAs?.terms
      expect(again?.find(one => one.text === 'JournalWriter')?.isUsed).toBe(false)
      expect(again?.length).toBe(page.readAs?.terms.length)
    })

    it('has a short address for the longest of texts, of words and of none', async () => {
      for (const text of ['ledger '.repeat(10_000), `${'!?'.repeat(9_000)}\n`, '\n1234567\n', 'ü'.repeat(20_000)])
        expect((await shortAddress(db, asked(text))).length).toBeLessThan(13_000)
    })
  })

  describe('when nothing is found', () => {
    it('searches for what was meant, and there is a way back', async () => {
      const page = await presentLibrary({ db, actor: member }, asked('certifcate'))
      expect(page.meant).toMatchObject({ words: 'certificate', isApplied: true })
      expect(page.hits[0]?.title).toBe('An expired certificate stopped the partners')
      const back = libraryQuery(new URL(page.meant?.exactly ?? '', 'http://candor.test'))
      const exactly = await presentLibrary({ db, actor: member }, back)
      expect([exactly.total, exactly.meant?.isApplied]).toEqual([0, false])
    })

    it('only offers it where something was found', async () => {
      const page = await presentLibrary({ db, actor: member }, asked('ledger certifcate'))
      expect(page.total).toBeGreaterThan(0)
      expect(page.meant?.isApplied ?? false).toBe(false)
    })

    it('asks less, and says what was given up', async () => {
      expect(await find('"certificate partners"')).toMatchObject({
        total: 1,
        relaxed: 'No postmortem has these words side by side, so they were searched one by one.',
      })
      expect(await find('certificate service:storefront')).toMatchObject({
        total: 1,
        relaxed: 'Nothing within service:storefront, so it was searched for everywhere.',
      })
      const both = await find('"certificate partners" service:storefront')
      expect([both.total, both.relaxed?.includes('everywhere')]).toEqual([1, true])
    })

    it('names the themes that come near, and the guides', async () => {
      const { nearby, total } = await find('blameless zzqq')
      expect(total).toBe(0)
      expect(nearby?.guides.length).toBeGreaterThan(0)
      expect((await find('oom dns zzqq')).nearby?.themes.length).toBeGreaterThan(0)
      expect((await find('zzqq')).nearby).toEqual({ themes: [], guides: [] })
    })
  })

  describe('while somebody types', () => {
    const offered = async (typed: string, actor = member) =>
      (await suggestWhileTyping({ db, actor }, typed)).map(({ kind, label }) => `${kind}: ${label}`)

    it('offers titles, themes and services by the beginnings of their words', async () => {
      expect(await offered('led')).toEqual(['service: ledger-api', 'postmortem: The ledger ran out of connections'])
      expect(await offered('CAPA')).toEqual(['theme: Capacity'])
      expect(await offered('certif exp')).toEqual(['postmortem: An expired certificate stopped the partners'])
    })

    it('offers nothing for one letter, for signs, or for what is not there', async () => {
      for (const typed of ['', 'l', '  ', '"', '%', '-- theme:', 'zzqq', '\ud83d'])
        expect(await offered(typed)).toEqual([])
    })
  })

  describe('what was seen before', () => {
    it('is told of an incident by its services and words, with the reason', async () => {
      const incident = { id: 'i', key: 'INC-9', title: 'Certificate expired on the gateway', summary: '' }
      const [first] = await incidentSeenBefore(db, { ...incident, services: ['gateway'] })
      expect(first).toMatchObject({ title: 'An expired certificate stopped the partners' })
      expect(first?.reason).toMatch(/^same service, both about expir/)
      expect(await incidentSeenBefore(db, { ...incident, title: 'Zzqq', services: [] })).toEqual([])
    })

    it('is told of a draft, which is not in the index', async () => {
      const seen = await relatedTo(db, { subjectId: draft, key: null, themes: ['expiry'], services: ['gateway'] })
      expect(seen[0]?.title).toBe('An expired certificate stopped the partners')
    })
  })

  it('explains the order to editors only', async () => {
    const why = async (actor: Actor) =>
      (await presentLibrary({ db, actor }, asked('ledger'), { explains: true })).hits[0]?.why
    expect(await why(member)).toBeNull()
    expect(await why(editor)).toMatchObject({
      place: 1,
      terms: expect.arrayContaining([expect.objectContaining({ from: 'query' })]),
    })
    expect((await presentLibrary({ db, actor: member }, asked('ledger'))).explain).toBeNull()
  })

  it('knows nothing of what is restricted: no correction, suggestion, term, theme or likeness comes from it', async () => {
    expect(await find(SLIP)).toMatchObject({ total: 0, didYouMean: null, correctedTo: null })
    expect(await suggestWhileTyping({ db, actor: editor }, SECRET.slice(0, 5))).toEqual([])
    expect((await find(`ERROR: ${SECRET} failed in ledger-api`)).paste?.used).not.toContain(SECRET)
    const incident = { id: 'i', key: 'INC-9', title: `The ${SECRET} affair`, summary: `A ${SECRET}.` }
    const seen = await incidentSeenBefore(db, { ...incident, services: [`${SECRET}-service`, 'ledger-api'] })
    expect(seen.map(one => one.title).join()).not.toContain(SECRET)
    expect(await titles(SECRET)).toEqual([])
  })
})

describe('The reason that two things share', () => {
  const nothing = { family: false, services: [], themes: [], words: false }
  it.each([
    [
      { services: [{ label: 'gateway' }], themes: [{ label: 'Certificate expiry' }] },
      'same service, both about certificate expiry',
    ],
    [{ family: true, words: true }, 'same family, told in much the same words'],
    [{ themes: [{ label: 'DNS' }, { label: 'Capacity' }, { label: 'Expiry' }] }, 'both about DNS, capacity and 1 more'],
    [{ services: [{ label: 'a' }, { label: 'b' }] }, '2 services shared'],
    [{}, ''],
  ])('%j', (shared, words) => {
    expect(sharedReason({ ...nothing, ...shared })).toBe(words)
  })
})

describe('The library’s address', () => {
  it('says the same again when it is read', () => {
    const query = libraryQuery(new URL('http://x/library?q=a+b&picked=a+b+c&exact=1&page=3&sort=newest&theme=capacity'))
    expect(libraryQuery(new URL(libraryAddress(query), 'http://x'))).toEqual(query)
    expect(query).toMatchObject({ picked: ['a', 'b', 'c'], exact: true, page: 3 })
  })
})
