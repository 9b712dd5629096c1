import type { LoaderFunctionArgs } from '@remix-run/node'
import { beforeAll, expect, it } from 'vitest'
import { needs } from '#app/home/needs.server.ts'
import { rising } from '#app/home/rising.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { AppError } from '#app/platform/errors.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { recordToEdit } from '#app/postmortems/edit-postmortem.server.ts'
import { countExported, exportCsv, exportJsonLines, exportRecords } from '#app/postmortems/export-postmortems.server.ts'
import { libraryQuery } from '#app/postmortems/library-query.ts'
import { namedReaders, nameReaders } from '#app/postmortems/name-readers.server.ts'
import { postmortemHistory } from '#app/postmortems/postmortem-history.server.ts'
import { presentPostmortem } from '#app/postmortems/present-postmortem.server.ts'
import { readPostmortem } from '#app/postmortems/read-postmortem.server.ts'
import { STATUSES, type Status } from '#app/postmortems/record.ts'
import { changePostmortem, createPostmortem, listPostmortems } from '#app/postmortems/resources.server.ts'
import { loader as apiOne } from '#app/postmortems/routes/api/postmortem.ts'
import { loader as apiList } from '#app/postmortems/routes/api/postmortems.ts'
import { loader as apiSearch } from '#app/postmortems/routes/api/search.ts'
import { loader as exportFile } from '#app/postmortems/routes/export-file.ts'
import { loader as feed } from '#app/postmortems/routes/feed.ts'
import { loader as historyPage } from '#app/postmortems/routes/history.tsx'
import { loader as libraryPage } from '#app/postmortems/routes/library.tsx'
import { loader as markdownFile } from '#app/postmortems/routes/markdown-file.ts'
import { loader as page } from '#app/postmortems/routes/postmortem.tsx'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { listSetAside } from '#app/postmortems/set-aside.server.ts'
import { themeOverview } from '#app/postmortems/theme-overview.server.ts'
import { themePage } from '#app/postmortems/theme-page.server.ts'
import { unpublishedFor } from '#app/postmortems/waiting.server.ts'
import { related } from '#app/search/related.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { all, clock, log, prepared, save, someone } from './house.ts'

/** Words that only these postmortems have, so that a leak is seen wherever it is. */
const SECRET = 'xylophone'

type Hidden = 'open' | 'restricted' | 'archived' | 'restricted and archived'
const HIDDEN: Hidden[] = ['open', 'restricted', 'archived', 'restricted and archived']
type Who = 'member' | 'author' | 'reader' | 'facilitator' | 'editor' | 'administrator'

/** product.md, as a table: who may read a postmortem of this status. */
function readersOf(status: Status, hidden: Hidden): Who[] {
  const isDraft = status !== 'published'
  if (hidden.startsWith('restricted')) return ['author', 'reader', 'administrator']
  if (isDraft) return ['author', 'reader', 'editor', 'administrator']
  if (hidden === 'archived') return ['editor', 'administrator']
  return ['member', 'author', 'reader', 'facilitator', 'editor', 'administrator']
}

/** And who may change it: editors who may read it, authors until it is published. */
function writersOf(status: Status, hidden: Hidden): Who[] {
  const writers: Who[] = status === 'published' ? ['editor', 'administrator'] : ['author', 'editor', 'administrator']
  return writers.filter(who => readersOf(status, hidden).includes(who))
}

onBothDatabases('who sees a postmortem', database => {
  let db: Db
  const actors = {} as Record<Who, Actor>
  const cases: { slug: string; id: string; status: Status; hidden: Hidden }[] = []
  let openSlug = ''

  beforeAll(async () => {
    db = await prepared(database)
    for (const who of ['member', 'author', 'reader', 'facilitator', 'editor', 'administrator'] as const)
      actors[who] = await someone(db, who === 'author' || who === 'reader' ? 'member' : who, `${who}@example.org`)
    for (const status of STATUSES)
      for (const hidden of HIDDEN) {
        const isOpen = status === 'published' && hidden === 'open'
        const words = isOpen ? 'marimba' : SECRET
        const saved = await save(db, actors.administrator, {
          title: `The ${words} ${status} ${hidden}`,
          status,
          authors: ['author@example.org'],
          publishedAt: status === 'published' ? '2026-11-20T10:00:00.000Z' : null,
          severity: 'SEV-2',
          services: ['orchestra', `${words}-service`],
          themes: ['capacity'],
          sections: { summary: `Of the ${words}.`, body: `All about the ${words}, the orchestra and the drums.` },
          factors: [{ text: `A ${words} factor`, themes: ['expiry'], whys: [] }],
          actions: [
            {
              title: `Tune the ${words}`,
              kind: 'prevent',
              owner: 'member@example.org',
              createdOn: null,
              dueOn: null,
              state: 'open',
              closedOn: null,
              reason: null,
              externalId: null,
            },
          ],
        })
        const site = { db, clock, actor: actors.administrator }
        await nameReaders(site, saved.slug, ['Reader@Example.org'])
        if (hidden.includes('restricted'))
          await changeVisibility(site, saved.slug, { change: 'restrict', reason: 'A lawyer asked.' })
        if (hidden.includes('archived')) await changeVisibility(site, saved.slug, { change: 'archive', reason: '' })
        cases.push({ ...saved, status, hidden })
        if (isOpen) openSlug = saved.slug
      }
  })

  const who = Object.keys as (record: object) => Who[]
  const allowed = async (work: (actor: Actor) => Promise<unknown>): Promise<Who[]> => {
    const list: Who[] = []
    for (const one of who(actors))
      try {
        await work(actors[one])
        list.push(one)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        expect((error as AppError).status).toBe(404)
      }
    return list
  }

  it('lists what is not in the library to exactly those who may read it', async () => {
    for (const who of Object.keys(actors) as Who[]) {
      const listed: string[] = []
      for (const which of ['drafts', 'restricted', 'archived'] as const) {
        const { items, total } = await listSetAside({ db, actor: actors[who] }, which, 1)
        expect(items).toHaveLength(total)
        listed.push(...items.map(item => item.slug))
      }
      const readable = cases.filter(
        one => (one.status !== 'published' || one.hidden !== 'open') && readersOf(one.status, one.hidden).includes(who),
      )
      expect([who, [...new Set(listed)].sort()]).toEqual([who, readable.map(one => one.slug).sort()])
    }
  })

  it('is as the table of product.md has it: reading, its page, its history', async () => {
    for (const { slug, status, hidden } of cases) {
      const expected = { status, hidden, who: readersOf(status, hidden) }
      const found = async (work: (actor: Actor) => Promise<unknown>) => ({ status, hidden, who: await allowed(work) })
      expect(await found(actor => readPostmortem({ db, actor }, slug))).toEqual(expected)
      expect(await found(actor => presentPostmortem({ db, actor }, slug))).toEqual(expected)
      expect(await found(actor => postmortemHistory({ db, actor }, slug, { from: 0, to: 0 }))).toEqual(expected)
    }
  })

  it('is as the table has it: editing, and hiding', async () => {
    for (const { slug, status, hidden } of cases) {
      const expected = { status, hidden, who: writersOf(status, hidden) }
      const found = async (work: (actor: Actor) => Promise<unknown>) => ({ status, hidden, who: await allowed(work) })
      expect(await found(actor => recordToEdit({ db, actor }, slug))).toEqual(expected)
      // Doing again what was done changes nothing for those who come next.
      const change = hidden.includes('archived') ? 'archive' : 'restore'
      expect(await found(actor => changeVisibility({ db, clock, actor }, slug, { change, reason: '' }))).toEqual(
        expected,
      )
      expect(await found(actor => changePostmortem({ db, clock, actor }, slug, {}))).toEqual(expected)
      for (const one of readersOf(status, hidden)) {
        const { mayEdit } = await readPostmortem({ db, actor: actors[one] }, slug)
        expect({ status, hidden, one, mayEdit }).toEqual({ status, hidden, one, mayEdit: expected.who.includes(one) })
      }
    }
  })

  it('cannot be told from one that does not exist', async () => {
    const of = async (slug: string) => {
      try {
        await readPostmortem({ db, actor: actors.member }, slug)
      } catch (error) {
        return { message: (error as AppError).message, errors: (error as AppError).errors }
      }
      return null
    }
    const absent = await of('there-is-no-such-postmortem')
    expect(absent?.message).toBe('This postmortem does not exist, or is not for you to see.')
    for (const { slug, status, hidden } of cases)
      if (!readersOf(status, hidden).includes('member')) expect(await of(slug)).toEqual(absent)
  })

  it('does not show in hits, totals, facets, passages or notices of any search', async () => {
    for (const q of ['', SECRET, `"${SECRET}"`, 'orchestra', `service:${SECRET}-service`, 'theme:expiry', 'drums']) {
      const found = await searchLibrary(db, libraryQuery(new URL(`http://x/?${new URLSearchParams({ q })}`)), 200)
      expect(found.hits.map(hit => hit.slug)).toEqual(q.includes(SECRET) ? [] : [openSlug])
      expect(found.total).toBe(found.hits.length)
      for (const counts of Object.values(found.facets))
        for (const { value, count } of counts) {
          expect(count).toBe(1)
          expect(value).not.toContain(SECRET)
        }
      expect(JSON.stringify([found.hits, found.facets])).not.toContain(SECRET)
    }
  })

  it('does not show among what is related', async () => {
    for (const { id, slug } of cases) {
      const list = await related(db, id, 20)
      expect({ slug, related: list.map(one => one.slug) }).toEqual({ slug, related: [] })
    }
    const twin = await save(db, actors.editor, {
      title: 'Another marimba',
      themes: ['capacity'],
      services: ['orchestra'],
      sections: { body: 'All about the marimba, the orchestra and the drums.' },
    })
    expect((await related(db, twin.id, 20)).map(one => one.slug)).toEqual([openSlug])
    await changeVisibility({ db, clock, actor: actors.editor }, twin.slug, { change: 'archive', reason: '' })
    const opened = cases.find(one => one.slug === openSlug)
    expect(await related(db, opened?.id ?? '', 20)).toEqual([])
  })

  it('does not count towards themes, their pages or what is rising', async () => {
    const { groups } = await themeOverview({ db, clock }, '')
    const lines = groups.flatMap(group => [group, ...group.subThemes])
    expect(lines.find(line => line.slug === 'capacity')?.total).toBe(1)
    expect(lines.find(line => line.slug === 'expiry')?.total).toBe(1)
    for (const theme of (await listThemes(db)).filter(one => ['capacity', 'expiry'].includes(one.slug))) {
      const shown = await themePage({ db, clock }, theme, 1)
      expect(shown.postmortems.map(one => one.slug)).toEqual([openSlug])
      expect(JSON.stringify(shown)).not.toContain(SECRET)
    }
    expect(await rising({ db, clock })).toBeNull()
  })

  it('does not leave in an export', async () => {
    expect(await countExported(db)).toBe(1)
    expect((await all(exportRecords(db))).map(one => one.slug)).toEqual([openSlug])
    expect((await all(exportJsonLines(db))).join('')).not.toContain(SECRET)
    expect((await all(exportCsv(db))).join('')).not.toContain(SECRET)
  })

  it('is listed by the API as the table has it, restricted and archived ones never', async () => {
    for (const one of who(actors))
      for (const status of STATUSES) {
        const context = { db, clock, actor: actors[one] }
        const { items, total } = await listPostmortems(context, status, { offset: 0, limit: 50 }, 'http://x')
        const sees = status === 'published' || ['author', 'editor', 'administrator'].includes(one)
        expect({ one, status, titles: items.map(item => item.title), total }).toEqual({
          one,
          status,
          titles: sees ? [`The ${status === 'published' ? 'marimba' : SECRET} ${status} open`] : [],
          total: sees ? 1 : 0,
        })
      }
  })

  it('waits for those alone who may read it', async () => {
    for (const one of who(actors)) {
      const waiting = await unpublishedFor(db, actors[one], clock.now())
      const sees = ['author', 'editor', 'administrator'].includes(one)
      expect({ one, titles: waiting.map(text => text.title) }).toEqual({
        one,
        titles: sees ? [`The ${SECRET} in review open`, `The ${SECRET} draft open`] : [],
      })
      expect(waiting.every(text => text.isAuthor === (one === 'author'))).toBe(true)
    }
    const forOwner = await needs({ db, clock, actor: actors.member })
    expect(forOwner.map(need => need.title)).toEqual(['Tune the marimba'])
  })

  it('is for nobody who has not signed in', async () => {
    const site = { db, clock, log, mailer: {} as Mailer, origin: null, dataDir: '', setUpCode: null, isDemo: false }
    const ask = async (load: (args: LoaderFunctionArgs) => Promise<unknown>, params: Record<string, string>) => {
      const context = { site, actor: null, address: '', nonce: '' }
      try {
        const answer = await load({ request: new Request(`http://x/library/${openSlug}`), params, context })
        return (answer as Response).status
      } catch (thrown) {
        return (thrown as Response).status
      }
    }
    const one = { slug: openSlug, format: 'jsonl' }
    for (const load of [page, historyPage, libraryPage, markdownFile, feed, exportFile])
      expect(await ask(load as typeof feed, one)).toBe(302)
    for (const load of [apiOne, apiList, apiSearch]) expect(await ask(load, one)).toBe(401)
  })

  it('may be read by whom its authors and editors name, until they no longer do', async () => {
    const { slug, id } = await save(db, actors.author, {
      title: 'Shared draft',
      status: 'draft',
      authors: ['author@example.org'],
    })
    const context = { db, clock, actor: actors.author }
    const readable = () => allowed(actor => readPostmortem({ db, actor }, slug))
    await nameReaders(context, slug, ['member@example.org', ' FACILITATOR@example.org ', '', 'member@example.org'])
    expect(await namedReaders(db, id)).toEqual(['facilitator@example.org', 'member@example.org'])
    expect(await readable()).toEqual(['member', 'author', 'facilitator', 'editor', 'administrator'])
    for (const one of ['member', 'reader'] as const)
      await expect(nameReaders({ ...context, actor: actors[one] }, slug, [])).rejects.toThrow(/does not exist/)
    await expect(nameReaders(context, slug, ['nobody@example.org', 'a\0b'])).rejects.toThrow(/Nobody has the address/)
    expect(await namedReaders(db, id)).toHaveLength(2)
    await nameReaders(context, slug, [])
    expect(await readable()).toEqual(['author', 'editor', 'administrator'])
  })

  it('comes back everywhere when it is opened again, and leaves at once when it is hidden', async () => {
    const found = async () =>
      (await searchLibrary(db, libraryQuery(new URL('http://x/?q=glockenspiel')))).hits.map(hit => hit.slug)
    const actor = actors.administrator
    const { slug } = await save(db, actor, { title: 'Glockenspiel' })
    const change = (to: 'archive' | 'restore' | 'restrict' | 'open', reason = '') =>
      changeVisibility({ db, clock, actor }, slug, { change: to, reason })
    expect(await found()).toEqual([slug])
    await expect(change('restrict', '  ')).rejects.toThrow(/Say why/)
    await change('restrict', 'Legal')
    expect(await found()).toEqual([])
    await change('archive')
    await change('open')
    expect(await found()).toEqual([])
    await change('restore')
    expect(await found()).toEqual([slug])
    expect(await readPostmortem({ db, actor }, slug)).toMatchObject({ isRestricted: false, restrictedReason: null })
    const acts = await db.selectFrom('audit_entries').select('act').where('subject', '=', 'Glockenspiel').execute()
    expect(acts.map(entry => entry.act).sort()).toEqual([
      'postmortem.archive',
      'postmortem.open',
      'postmortem.restore',
      'postmortem.restrict',
    ])
  })

  it('lets members draft, and editors alone publish', async () => {
    for (const one of ['member', 'facilitator'] as const) {
      const context = { db, clock, actor: actors[one] }
      const refusal = createPostmortem(context, { title: `By a ${one}`, status: 'published' })
      await expect(refusal).rejects.toThrow(/Only editors publish/)
      const slug = await createPostmortem(context, { title: `By a ${one}` })
      const read = await readPostmortem(context, slug)
      expect(read).toMatchObject({ mayEdit: true, record: { status: 'draft', authors: [`${one}@example.org`] } })
      await expect(changePostmortem(context, slug, { status: 'published' })).rejects.toThrow(/An editor publishes/)
      await changePostmortem(context, slug, { status: 'in review' })
      await changePostmortem({ ...context, actor: actors.editor }, slug, { status: 'published' })
      expect((await readPostmortem(context, slug)).mayEdit).toBe(false)
      await expect(changePostmortem(context, slug, { title: 'Mine' })).rejects.toThrow(/does not exist/)
    }
  })
})
