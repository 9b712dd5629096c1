import type { AppLoadContext } from '@remix-run/node'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { Operation } from '#app/http/operation.ts'
import type { Refused } from '#app/http/route.server.ts'
import type { Site } from '#app/http/site.ts'
import type { Role } from '#app/identity/actor.ts'
import { createLog } from '#app/platform/log.server.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { action as themeAction, loader as themeLoader } from '#app/postmortems/routes/theme.tsx'
import { loader as themesLoader } from '#app/postmortems/routes/themes.tsx'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { changeThemeOperation, createThemeOperation, getThemeOperation, listThemesOperation } from '#app/themes/api.ts'
import * as oneTheme from '#app/themes/routes/api/theme.ts'
import * as allThemes from '#app/themes/routes/api/themes.ts'
import { action as editAction, loader as editLoader } from '#app/themes/routes/edit-theme.tsx'
import { action as mergeAction, loader as mergeLoader } from '#app/themes/routes/merge-theme.tsx'
import { action as newAction } from '#app/themes/routes/new-theme.tsx'
import { BarChart } from '#app/ui/chart.tsx'
import { Sparkline } from '#app/ui/sparkline.tsx'
import { onBothDatabases } from '#test/support/databases.ts'
import { actor, clock, plantPostmortem, themeIds } from './house.ts'

onBothDatabases('the pages and the API of themes', database => {
  let site: Site

  beforeAll(async () => {
    const db = await database.fresh()
    await prepareDatabase({ db, clock })
    const mailer = createMailer({ smtpUrl: null, folder: '/nowhere', from: 'a@example.org' })
    site = {
      db,
      clock,
      log: createLog('silent'),
      mailer,
      origin: null,
      dataDir: '/nowhere',
      setUpCode: null,
      isDemo: false,
    }
  })

  const context = (role: Role | null): AppLoadContext => ({
    site,
    actor: role && actor(role),
    address: '::1',
    nonce: 'n',
  })
  const ask = (path: string, init?: RequestInit, role: Role | null = 'editor', params = {}) => ({
    request: new Request(`http://localhost${path}`, init),
    params,
    context: context(role),
  })
  const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) })
  const json = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) })
  const refusal = (answer: unknown) => answer as { data: Refused; init: { status: number } }
  const thrown = (work: Promise<unknown>): Promise<Response> =>
    work.then(
      () => Promise.reject(new Error('nothing was thrown')),
      error => error,
    )

  it('answers 404 for a theme that does not exist, whatever was typed', async () => {
    for (const slug of ['no-such', '\0', '../x', 'CAPACITY', 'ünïcode'])
      for (const loader of [themeLoader, editLoader, mergeLoader]) {
        const response = await thrown(loader(ask('/themes/x', {}, 'editor', { slug })))
        expect(response.status).toBe(404)
      }
  })

  it('sends visitors to sign in, and shows a member no door that only editors may use', async () => {
    const visitor = await thrown(themesLoader(ask('/themes?q=x', {}, null)))
    expect([visitor.status, visitor.headers.get('location')]).toEqual([302, '/sign-in?to=%2Fthemes%3Fq%3Dx'])
    expect((await thrown(editLoader(ask('/', {}, 'member', { slug: 'capacity' })))).status).toBe(404)
    expect((await thrown(newAction(ask('/', form({ name: 'X' }), 'facilitator')))).status).toBe(404)
    expect((await thrown(themeAction(ask('/', form({ merge: 'x' }), 'member', { slug: 'capacity' })))).status).toBe(404)
    const page = await themesLoader(ask('/themes', {}, 'member'))
    expect([page.mayEdit, page.total]).toEqual([false, page.shown])
  })

  it('filters by name, definition and synonym, and keeps the theme above what matches', async () => {
    const { groups, shown } = await themesLoader(ask('/themes?q=Thundering%20HERD'))
    expect(shown).toBe(1)
    expect(groups.map(group => [group.slug, group.subThemes.map(one => one.slug)])).toEqual([
      ['capacity', ['cascading-overload']],
    ])
    expect((await themesLoader(ask('/themes?q=%00%25_'))).groups).toEqual([])
  })

  it('gives back what was typed with the reason beside the field', async () => {
    const answer = refusal(
      await newAction(ask('/', form({ name: 'Poison', definition: 'Bad.', synonyms: 'a word\noom', parent: '' }))),
    )
    expect(answer.init.status).toBe(400)
    expect(answer.data.errors).toEqual([{ path: 'synonyms', message: '“oom” is a synonym of Resource leak already.' }])
    expect(answer.data.values.synonyms).toEqual(['a word\noom'])
  })

  it('walks an editor through adding, renaming, merging and undoing', async () => {
    const location = (answer: unknown) => (answer as Response).headers.get('location')
    const fields = {
      name: 'Clock skew',
      definition: 'Two machines disagreed about the time.',
      synonyms: 'ntp',
      parent: 'data',
    }
    expect(location(await newAction(ask('/', form(fields))))).toBe('/themes/clock-skew')
    const renamed = form({ ...fields, name: 'Time skew' })
    expect(location(await editAction(ask('/', renamed, 'editor', { slug: 'clock-skew' })))).toBe('/themes/time-skew')
    const moved = await thrown(themeLoader(ask('/', {}, 'member', { slug: 'clock-skew' })))
    expect([moved.status, location(moved)]).toEqual([302, '/themes/time-skew'])

    const ids = await themeIds(site.db)
    await plantPostmortem(site.db, { themes: [ids.get('time-skew') as string] })
    const merging = await mergeLoader(ask('/themes/time-skew/merge?into=data', {}, 'editor', { slug: 'time-skew' }))
    expect(merging.foreseen?.moves[0]).toMatchObject({ count: 1 })
    const impossible = await mergeLoader(ask('/themes/data/merge?into=expiry', {}, 'editor', { slug: 'data' }))
    expect(impossible.problem?.errors).toEqual([{ path: 'into', message: expect.stringContaining('top-level') }])
    expect(location(await mergeAction(ask('/', form({ into: 'data' }), 'editor', { slug: 'time-skew' })))).toBe(
      '/themes/data',
    )

    const page = await themeLoader(ask('/themes/data', {}, 'editor', { slug: 'data' }))
    expect(page.total).toBe(1)
    expect(page.merges.map(merge => merge.name)).toEqual(['Time skew'])
    const undo = form({ merge: page.merges[0]?.id ?? '' })
    expect(location(await themeAction(ask('/', undo, 'editor', { slug: 'data' })))).toBe('/themes/time-skew')
    expect((await themeLoader(ask('/themes/data', {}, 'editor', { slug: 'data' }))).total).toBe(0)
  })

  it('lists themes over the API in pages that join to the whole', async () => {
    const slugs: string[] = []
    let total = 0
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path = `/api/v1/themes?limit=13${cursor ? `&cursor=${cursor}` : ''}`
      const page: { items: { slug: string }[]; total: number; nextCursor: string | null } = await (
        await allThemes.loader(ask(path))
      ).json()
      slugs.push(...page.items.map(item => item.slug))
      total = page.total
      cursor = page.nextCursor
    }
    expect(slugs).toHaveLength(total)
    expect(new Set(slugs).size).toBe(total)
    const wrong = await allThemes.loader(ask('/api/v1/themes?limit=0&page=2'))
    expect(wrong.status).toBe(400)
    expect(wrong.headers.get('content-type')).toBe('application/problem+json')
  })

  it('creates, reads and changes a theme over the API', async () => {
    const created = await allThemes.action(
      ask('/', json('POST', { name: 'Toil', definition: 'Handwork that a machine could do.' })),
    )
    expect(created.status).toBe(201)
    const theme = {
      slug: 'toil',
      name: 'Toil',
      definition: 'Handwork that a machine could do.',
      parent: null,
      synonyms: [],
      url: '/themes/toil',
    }
    expect(await created.json()).toEqual(theme)
    const change = json('PATCH', { parent: 'organisation', synonyms: ['Manual Work'], name: 'Handwork' })
    const changed = await (await oneTheme.action(ask('/', change, 'editor', { slug: 'toil' }))).json()
    expect(changed).toMatchObject({
      slug: 'handwork',
      parent: 'organisation',
      synonyms: ['manual work'],
      definition: theme.definition,
    })
    expect(await (await oneTheme.loader(ask('/', {}, 'member', { slug: 'toil' }))).json()).toEqual(changed)
    expect((await oneTheme.action(ask('/', json('PATCH', { name: 'X' }), 'editor', { slug: 'toil' }))).status).toBe(409)
    expect((await oneTheme.action(ask('/', json('PATCH', { name: 'X' }), 'member', { slug: 'handwork' }))).status).toBe(
      404,
    )
    expect((await oneTheme.action(ask('/', json('PATCH', { slug: 'x' }), 'editor', { slug: 'handwork' }))).status).toBe(
      400,
    )
    expect((await oneTheme.loader(ask('/', {}, 'member', { slug: 'no\0such' }))).status).toBe(404)
    expect((await oneTheme.loader(ask('/', {}, null, { slug: 'handwork' }))).status).toBe(401)
  })
})

it('describes every operation in a form that OpenAPI can take', () => {
  const operations: Operation[] = [listThemesOperation, createThemeOperation, getThemeOperation, changeThemeOperation]
  for (const operation of operations) {
    if (operation.body) expect(z.toJSONSchema(operation.body, { io: 'input' })).toHaveProperty('type', 'object')
    expect(z.toJSONSchema(operation.response)).toHaveProperty('type', 'object')
  }
})

it('draws a bar for each figure, zero as a hairline, all on the given scale, with words beside', () => {
  const svg = renderToStaticMarkup(<Sparkline values={[0, 1, 4]} max={8} label="Q1: 1, Q2: 4" />)
  expect(svg).toContain('role="img" aria-label="Q1: 1, Q2: 4"')
  expect([...svg.matchAll(/ height="([\d.]+)"><\/rect>/g)].map(match => Number(match[1]))).toEqual([1, 3.5, 14])
  expect(svg).not.toContain('style=')
})

it('shows a chart’s figures as an open table before any script has run', () => {
  const html = renderToStaticMarkup(
    <BarChart
      figures={[
        { label: 'Q1 2026', value: 3 },
        { label: 'Q2 2026', value: 0 },
      ]}
      caption="Postmortems by quarter."
      columns={['Quarter', 'Postmortems']}
      unit={['postmortem', 'postmortems']}
    />,
  )
  expect(html).toContain('<details open="">')
  expect(html).toContain('<td>Q1 2026</td><td class="n">3</td>')
  expect(html).not.toContain('style=')
})
