/** The API over HTTP: answers as described, pages without gaps, refusals in one form, changes that come back. */
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { OPERATIONS } from '#app/home/openapi.ts'
import type { Operation } from '#app/http/operation.ts'
import { startServer } from '#test/support/server.ts'
import { addressOf, addSamples, type Samples } from './library-fixtures.ts'

let samples: Samples
const server = await startServer({
  async prepare(db, dataDir) {
    samples = await addSamples(db, dataDir)
  },
})

/** What an operation cannot do without. */
const NEEDS: Record<string, string> = { getFigures: 'from=2026-01-01&to=2026-04-01' }

const READS = OPERATIONS.filter(({ method, stream }) => method === 'get' && !stream)
const LISTS = READS.filter(({ path, query }) => !path.includes('{') && query?.shape.cursor)

interface Page {
  items: Record<string, unknown>[]
  total: number
  nextCursor: string | null
}

function call(
  { id = '', method, path }: Pick<Operation, 'method' | 'path'> & { id?: string },
  query = '',
  json?: unknown,
): Promise<Response> {
  const address = addressOf(`/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`, samples, '')
  const whole = [NEEDS[id], query].filter(Boolean).join('&')
  return server.ask(`${address}?${whole}`, {
    as: 'administrator',
    method: method.toUpperCase(),
    headers: { origin: server.url },
    json,
  })
}

async function ask(method: string, path: string, json?: unknown, status = method === 'POST' ? 201 : 200) {
  const answer = await server.ask(`/api/v1/${path}`, { as: 'administrator', method, json })
  const value = await answer.json()
  expect(answer.status, `${method} ${path}: ${JSON.stringify(value).slice(0, 300)}`).toBe(status)
  return value
}

describe('Reading', () => {
  test.each(READS)('$id answers exactly what the document says', async operation => {
    const answer = await call(operation)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toMatch(/no-store/)
    const value = await answer.json()
    expect((operation.response as z.ZodType).parse(value), 'no field is left undescribed').toEqual(value)
  })

  test.each(LISTS)('$id gives every item once, page by page', async operation => {
    const whole = (await (await call(operation, 'limit=200')).json()) as Page
    const seen: string[] = []
    let pages = 0
    for (let cursor: string | null = ''; cursor !== null; pages++) {
      const answer = await call(operation, `limit=7${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
      const page = (await answer.json()) as Page
      expect(page.items.length).toBeLessThanOrEqual(7)
      expect(page.total).toBe(whole.total)
      seen.push(...page.items.map(item => JSON.stringify(item)))
      cursor = page.nextCursor
      expect(pages, 'the pages come to an end').toBeLessThan(100)
    }
    expect(new Set(seen).size, 'no item comes twice').toBe(seen.length)
    expect(seen.length).toBe(whole.total)
    expect(seen.slice(0, whole.items.length)).toEqual(whole.items.map(item => JSON.stringify(item)))
  })

  test('a list has 50 items unless told otherwise', async () => {
    const { items, total, nextCursor } = (await ask('GET', 'postmortems')) as Page
    expect(total).toBeGreaterThan(60)
    expect(items).toHaveLength(50)
    expect(nextCursor).not.toBeNull()
  })

  test('what does not exist is 404 for every single thing', async () => {
    for (const path of ['postmortems', 'themes', 'incidents', 'services', 'people', 'teams'])
      for (const name of ['no-such-thing', '__proto__', 'a%2Fb', '%F0%9F%92%A5'])
        expect(await ask('GET', `${path}/${name}`, undefined, 404)).toMatchObject({ title: 'Not found' })
  })

  test('a search counts its facets rightly, and marks nothing but <mark>', async () => {
    const found = await ask('GET', 'search?q=retry&limit=200')
    expect(found.total).toBeGreaterThan(3)
    for (const item of found.items) {
      expect(item.snippet.replace(/<\/?mark>/g, '')).not.toMatch(/[<>]/)
      expect(item.url).toBe(`${server.url}/library/${item.slug}`)
    }
    for (const kind of ['theme', 'severity', 'service'] as const)
      for (const { value, count } of found.facets[kind].slice(0, 4)) {
        const narrowed = await ask('GET', `search?q=retry&${kind}=${encodeURIComponent(value)}&limit=1`)
        expect(narrowed.total, `${kind} ${value}`).toBe(count)
      }
    for (const { value, count } of found.facets.year) {
      const narrowed = await ask('GET', `search?q=retry&from=${value}&to=${Number(value) + 1}&limit=1`)
      expect(narrowed.total, `year ${value}`).toBe(count)
    }
  })
})

describe('Refusals', () => {
  test('an unknown, a doubled or an unreadable query parameter is named', async () => {
    for (const operation of OPERATIONS) {
      const answer = await call(operation, 'nonsense=1', operation.body ? {} : undefined)
      expect(answer.status, operation.id).toBe(400)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      const problem = await answer.json()
      expect(problem.errors, operation.id).toContainEqual({ path: 'nonsense', message: expect.any(String) })
    }
    for (const operation of LISTS)
      for (const query of ['limit=0', 'limit=201', 'limit=many', 'limit=1.5', 'limit=5&limit=6', 'cursor=made-up']) {
        const answer = await call(operation, query)
        expect(answer.status, `${operation.id} ${query}`).toBe(400)
        const [, name] = /^(\w+)/.exec(query) ?? []
        expect((await answer.json()).errors[0].path).toBe(name)
      }
  })

  test('a method that an address does not take is 405 and says which it takes', async () => {
    const paths = new Map<string, string[]>()
    for (const { method, path } of OPERATIONS) paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()])
    for (const [path, methods] of paths)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (methods.includes(method)) continue
        const answer = await call({ method: method.toLowerCase() as 'get', path })
        expect(answer.status, `${method} ${path}`).toBe(405)
        expect(answer.headers.get('allow')?.split(', ').sort()).toEqual([...methods].sort())
        expect(answer.headers.get('content-type')).toBe('application/problem+json')
      }
  })

  test('a body that does not fit names every field that is wrong', async () => {
    expect(await ask('POST', 'themes', { name: '', definition: 3, colour: 'red' }, 400)).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([expect.objectContaining({ path: 'definition' })]),
    })
    const times = { title: 'Times', startedAt: '2026-05-01T12:00', resolvedAt: 'later' }
    const problem = await ask('POST', 'incidents', times, 400)
    expect(problem.errors.map((error: { path: string }) => error.path).sort()).toEqual(['resolvedAt', 'startedAt'])
    expect(
      await ask('POST', 'incidents', { title: 'Backwards', startedAt: at(3), resolvedAt: at(1) }, 400),
    ).toMatchObject({
      errors: [expect.objectContaining({ path: expect.any(String) })],
    })
  })
})

describe('Changing', () => {
  test('a postmortem: written, read, changed in part, published, found', async () => {
    const made = await ask('POST', 'postmortems', {
      title: 'The printer answered every page',
      severity: 'SEV-3',
      services: ['checkout'],
      themes: ['retries-and-timeouts'],
      startedAt: '2026-05-01T14:00:00+02:00',
      timeline: [{ at: at(1), atText: null, marker: null, text: 'First page' }],
      factors: [{ text: 'No limit', themes: [], whys: [{ text: 'Nobody asked', whys: [] }] }],
      actions: [
        {
          title: 'Limit it',
          kind: 'prevent',
          owner: null,
          createdOn: null,
          dueOn: '2026-06-01',
          state: 'open',
          closedOn: null,
          reason: null,
          externalId: null,
        },
      ],
      sections: { summary: 'Kazoophonic pages were printed.' },
    })
    expect(made).toMatchObject({ status: 'draft', startedAt: '2026-05-01T12:00:00.000Z', revision: 1 })
    expect(await ask('GET', `postmortems/${made.slug}`)).toEqual(made)
    expect((await ask('GET', 'search?q=kazoophonic')).total, 'a draft is not found').toBe(0)

    const changed = await ask('PATCH', `postmortems/${made.slug}`, {
      status: 'published',
      sections: { lessons: 'Ask.' },
    })
    expect(changed).toMatchObject({ title: made.title, status: 'published', revision: 2, factors: made.factors })
    expect(changed.sections).toMatchObject({ summary: made.sections.summary, lessons: 'Ask.' })
    expect(changed.publishedAt).not.toBeNull()
    const found = await ask('GET', 'search?q=kazoophonic')
    expect(found.items.map((item: { slug: string }) => item.slug)).toEqual([made.slug])
    await ask('PATCH', `postmortems/${made.slug}`, changedNothing(changed))
    expect((await ask('GET', `postmortems/${made.slug}`)).revision, 'the same again is no revision').toBe(2)
  })

  test('a person and a team: added, moved, gone', async () => {
    const team = await ask('POST', 'teams', { name: 'Night Watch' })
    const below = await ask('POST', 'teams', { name: 'Early Watch', parent: team.slug })
    expect(below.parent).toBe(team.slug)
    const body = { name: 'Wanda Watch', email: 'Wanda@Watch.test', team: below.slug, isEngineer: true }
    const made = await ask('POST', 'people', body)
    expect(made).toMatchObject({ name: 'Wanda Watch', email: 'wanda@watch.test', team: { slug: below.slug } })
    const moved = await ask('PATCH', `people/${made.id}`, { team: team.slug, leftOn: '2026-01-31' })
    expect(moved).toMatchObject({ team: { slug: team.slug }, leftOn: '2026-01-31', isEngineer: true })
    expect(await ask('GET', `people/${made.id}`)).toEqual(moved)
    const renamed = await ask('PATCH', `teams/${team.slug}`, { name: 'Day Watch' })
    expect(renamed).toMatchObject({ slug: team.slug, name: 'Day Watch' })
    expect(await ask('PATCH', `teams/${team.slug}`, { parent: below.slug }, 400)).toMatchObject({ status: 400 })
    const taken = await ask('POST', 'people', body, 400)
    expect(taken.errors).toEqual([{ path: 'email', message: 'Wanda Watch has this address already.' }])
  })

  test('a service: added, renamed, given away', async () => {
    const made = await ask('POST', 'services', { name: 'Lamp Oil' })
    expect(made).toEqual({ ...made, slug: 'lamp-oil', name: 'Lamp Oil', team: null })
    const given = await ask('PATCH', 'services/lamp-oil', { name: 'Lamp Fuel', team: samples.team })
    expect(given).toMatchObject({ slug: 'lamp-oil', name: 'Lamp Fuel', team: { slug: samples.team } })
    expect(await ask('GET', 'services/lamp-oil')).toEqual(given)
    expect((await ask('PATCH', 'services/lamp-oil', { team: null })).team).toBeNull()
    await ask('PATCH', 'services/lamp-oil', { team: 'no-such-team' }, 400)
  })

  test('a theme: added, renamed; its former address leads on', async () => {
    const made = await ask('POST', 'themes', { name: 'Moonlight', definition: 'It only failed by night.' })
    expect(made).toMatchObject({ slug: 'moonlight', parent: null, synonyms: [] })
    const changed = await ask('PATCH', 'themes/moonlight', { name: 'Starlight', synonyms: ['night shift only'] })
    expect(changed).toMatchObject({ slug: 'starlight', definition: made.definition, synonyms: ['night shift only'] })
    expect(await ask('GET', 'themes/moonlight')).toEqual(changed)
    await ask('PATCH', 'themes/starlight', { parent: 'starlight' }, 400)
  })

  test('an incident: recorded, corrected, its key given by Candor', async () => {
    const made = await ask('POST', 'incidents', {
      title: 'Lamps out',
      severity: 'SEV-2',
      startedAt: at(1),
      detectedAt: at(2),
      services: ['checkout'],
    })
    expect(made.key).toMatch(/^INC-\d+$/)
    const changed = await ask('PATCH', `incidents/${made.key}`, { resolvedAt: at(3), customerImpact: true })
    expect(changed).toMatchObject({ title: 'Lamps out', resolvedAt: at(3), customerImpact: true, detectedAt: at(2) })
    expect(await ask('GET', `incidents/${made.key}`)).toEqual(changed)
    await ask('PATCH', `incidents/${made.key}`, { resolvedAt: at(0) }, 400)
    await ask('POST', 'incidents', { title: 'Again', key: made.key }, 409)
  })
})

describe('Importing', () => {
  const upload = async (kind: string, type: string, body: string, query = '') => {
    const answer = await server.ask(`/api/v1/import/${kind}${query}`, {
      as: 'administrator',
      headers: { origin: server.url, 'content-type': type },
      body,
    })
    return { status: answer.status, report: await answer.json() }
  }

  test.each([
    ['postmortems', 'text/csv', 'title,status,published_at,body\nA row of soup,published,2026-02-01,Hot.\n'],
    ['postmortems', 'application/x-ndjson', '{"title":"A line of soup","external_id":"soup-1","summary":"Cold."}\n'],
    ['postmortems', 'text/markdown', '# A page of soup\n\nLukewarm.\n'],
    ['incidents', 'text/csv', 'key,title,started_at\nSOUP-1,Soup spilt,2026-02-01T10:00:00Z\n'],
    ['people', 'text/csv', 'name,email,team\nSam Soup,sam@soup.test,Kitchen\n'],
  ])('%s as %s: a dry run changes nothing, then once, then nothing again', async (kind, type, body) => {
    const dry = await upload(kind, type, body, '?dryRun=1')
    expect(dry.report).toMatchObject({ created: 1, updated: 0, unchanged: 0, rejected: 0, errors: [] })
    const again = await upload(kind, type, body, '?dryRun=1')
    expect(again.report).toEqual(dry.report)
    const done = await upload(kind, type, body)
    expect(done).toMatchObject({ status: 200, report: { created: 1, rejected: 0 } })
    const repeated = await upload(kind, type, body)
    expect(repeated.report).toMatchObject({ created: 0, updated: 0, unchanged: 1, rejected: 0 })
  })

  test('a report names line and column of what it could not read; the rest of the file is taken in', async () => {
    const { report } = await upload(
      'incidents',
      'text/csv',
      'key,title,started_at,severity\nA-1,Fine,2026-02-01T10:00Z,SEV-1\nA-2,Odd,2026-02-01T10:00Z,SEV-9\n',
    )
    expect(report).toMatchObject({ created: 1, rejected: 1 })
    expect(report.errors).toEqual([{ line: 3, column: 'severity', message: expect.any(String) }])
    await ask('GET', 'incidents/A-1')
    await ask('GET', 'incidents/A-2', undefined, 404)
  })

  test('a wrong kind of body is refused before it is read', async () => {
    expect((await upload('postmortems', 'application/pdf', '%PDF')).status).toBe(400)
    expect((await upload('secrets', 'text/csv', 'a,b')).status).toBe(404)
    expect((await upload('postmortems', 'text/csv', 'title\nx\n', '?dryRun=yes')).status).toBe(400)
  })
})

/** Some hours after the start of a day. */
function at(hours: number): string {
  return `2026-05-02T0${hours}:00:00.000Z`
}

/** A resource as the body of a change, without what only the server says. */
function changedNothing(resource: Record<string, unknown>): Record<string, unknown> {
  const {
    slug: _slug,
    url: _url,
    revision: _revision,
    isRestricted: _isRestricted,
    archivedAt: _at,
    ...body
  } = resource
  return body
}
