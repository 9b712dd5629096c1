/** Every address × everyone who may ask, against product.md. The tables are written by hand. */
import { beforeAll, describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/home/openapi.ts'
import { DEMO_TOKEN } from '#db/seeds/demo-organisation.server.ts'
import { ASKERS, type Asker, EMAILS, PASSWORD, ROLES, type Role, signIn, startServer } from '#test/support/server.ts'
import {
  addSamples,
  HIDDEN_WORD,
  type LibrarySlugs,
  type Samples,
  addressOf as sampleAddress,
  startImport,
} from './library-fixtures.ts'
import { mappedRoutes } from './route-map.ts'

type Row = Record<Asker, number>

function row(visitor: number, member: number, facilitator: number, editor: number, administrator: number): Row {
  return { visitor, member, facilitator, editor, administrator }
}

/** Who sees a page, or has an action done; visitors are sent to /sign-in. */
const members = (status: number) => row(302, status, status, status, status)
const editors = (status: number) => row(302, 404, 404, status, status)
const facilitators = (status: number) => row(302, 404, status, 404, status)
const administrators = (status: number) => row(302, 404, 404, 404, status)
const everybody = (status: number) => row(status, status, status, status, status)

interface Expected {
  get: Row
  /** What the action answers to `form`, or to an empty one, which is enough to tell whether it listens. */
  post?: Row
  form?(asker: Asker): [string, string][]
}

const PAGES: Record<string, Expected> = {
  '/': { get: members(200) },
  '/me': { get: members(200), post: members(400) },
  '/import': { get: editors(200), post: editors(400) },
  '/docs/api': { get: members(200) },
  '/appearance': { get: members(404), post: members(302) },
  '/saved-searches': {
    get: members(200),
    post: members(302),
    form: () => [
      ['intent', 'save'],
      ['query', 'q=retry'],
    ],
  },

  '/library': { get: members(200), post: members(302), form: () => [['q', 'retry']] },
  '/library.atom': { get: members(200) },
  '/suggestions': { get: members(200) },
  '/library/export': { get: members(200) },
  '/library/set-aside': { get: members(200) },
  '/library/export/:format': { get: members(200) },
  '/library/import': { get: editors(200), post: editors(400) },
  // One's own imports only: this one is the editor's.
  '/library/import/:id/:position': { get: row(302, 404, 404, 200, 404), post: row(302, 404, 404, 400, 404) },
  '/library/import/:id': { get: row(302, 404, 404, 200, 404), post: row(302, 404, 404, 302, 404) },
  '/library/:slug': {
    get: members(200),
    post: editors(302),
    form: () => [
      ['theme', 'change'],
      ['decision', 'dismiss'],
    ],
  },
  // The editor's former address leads to where it is now.
  '/library/:slug/edit': { get: row(302, 404, 404, 302, 302) },
  '/library/:slug/history': { get: members(200) },
  '/library/:slug/comments': { get: members(200), post: members(400) },
  '/library/:slug/review': { get: members(200), post: members(400) },
  '/library/:slug/attachments': { get: members(200), post: editors(400) },
  '/library/:slug/attachments/:id': { get: members(200) },
  // The editor removes it; the administrator finds it gone.
  '/library/:slug/attachments/:id/remove': { get: editors(200), post: row(302, 404, 404, 302, 404) },
  '/library/:slug/summary': { get: members(200), post: editors(400) },
  '/library/:slug/summary/edit': { get: editors(200), post: editors(400) },
  '/library/:slug/markdown': { get: members(200) },

  '/incidents': { get: members(200) },
  '/incidents/new': { get: members(200), post: members(400) },
  '/incidents/:key': { get: members(200), post: members(400) },
  '/incidents/:key/edit': { get: members(200), post: members(400) },
  '/incidents/:key/roles': { get: members(200), post: members(400) },
  // Nobody of these holds a role in it, and only one's own is handed over.
  '/incidents/:key/handoff': { get: members(200), post: members(404) },
  '/incidents/:key/handoffs/:id': { get: members(200), post: members(400) },
  '/incidents.csv': { get: members(200) },
  '/near-misses': { get: members(200) },
  '/near-misses/new': { get: members(200), post: members(400) },
  // Reported without a name: for editors alone.
  '/near-misses/:id/edit': { get: editors(200), post: editors(400) },

  '/actions': { get: members(200) },
  '/actions/new': { get: members(200), post: members(400) },
  // The editors and the administrator; the member neither owns it nor wrote its postmortem.
  '/actions/:id': { get: members(200), post: editors(400) },

  '/families/:slug': { get: members(200), post: editors(400) },

  '/postmortems/new': { get: members(200), post: members(400) },
  '/postmortems/:id/edit': { get: editors(200), post: editors(400) },
  '/postmortems/:id/sections/:section': { get: members(404), post: editors(400) },
  // It has a postmortem, which opens.
  '/incidents/:key/postmortem': { get: members(200), post: members(302) },

  '/themes': { get: members(200) },
  '/themes/analysis': { get: members(200) },
  '/themes/new': { get: editors(200), post: editors(400) },
  // The editor undoes the merge; the administrator finds it undone.
  '/themes/:slug': {
    get: members(200),
    post: row(302, 404, 404, 302, 404),
    form: () => [['merge', samples.merge]],
  },
  '/themes/:slug/edit': { get: editors(200), post: editors(400) },
  '/themes/:slug/merge': { get: editors(200), post: editors(400) },

  '/participation': { get: members(200), post: members(400) },

  '/definitions': { get: members(200) },

  '/surveys': { get: members(200) },
  '/surveys/new': { get: administrators(200), post: administrators(400) },
  '/surveys/questionnaires': { get: administrators(200) },
  '/surveys/questionnaires/new': { get: administrators(200), post: administrators(400) },
  '/surveys/questionnaires/:id': { get: administrators(200), post: administrators(400) },
  '/surveys/questionnaires/:id/preview': { get: administrators(200) },
  '/surveys/:wave/plan': { get: administrators(200), post: administrators(400) },
  '/surveys/:wave/manage': { get: administrators(200), post: administrators(400) },
  '/surveys/:wave/preview': { get: administrators(200) },
  '/surveys/:wave/dry-run': { get: administrators(200) },
  '/surveys/:wave': { get: members(200) },
  '/surveys/:wave/release.csv': { get: members(200) },
  '/surveys/:wave/commitments': { get: administrators(200), post: administrators(400) },
  // Its steward only, who is the editor.
  '/surveys/:wave/comments': { get: row(302, 404, 404, 200, 404), post: row(302, 404, 404, 400, 404) },
  '/surveys/:wave/invited.txt': { get: members(200) },

  '/forums': { get: members(200), post: members(400) },
  '/forums/new': { get: facilitators(200), post: facilitators(400) },
  '/forums/patterns': { get: members(200) },
  '/forums/calendar': { get: members(200), post: members(400) },
  '/forums/calendar/:secret': { get: everybody(404) },
  '/forums/series/new': { get: facilitators(200), post: facilitators(400) },
  '/forums/series/:id': { get: members(200), post: facilitators(400) },
  '/forums/series/:id/edit': { get: facilitators(200), post: facilitators(400) },
  '/forums/:id': { get: members(200), post: members(400) },
  '/forums/:id/live': { get: members(200), post: members(400) },
  '/forums/:id/edit': { get: facilitators(200), post: facilitators(400) },
  '/forums/:id/agenda': { get: facilitators(200), post: facilitators(400) },
  // Whoever a forum named as owner may settle a proposal too; of this one nobody was named.
  '/forums/:id/proposals/:proposal': { get: facilitators(200), post: members(400) },
  '/forums/:id/record.md': { get: members(200) },

  '/reports': { get: members(200), post: editors(400) },
  '/reports/:period': { get: members(200) },
  '/reports/:period/export.pdf': { get: members(200) },
  '/reports/:period/export.csv': { get: members(200) },
  '/reports/:period/export.json': { get: members(200) },
  '/reports/:period/export.md': { get: members(200) },
  '/reports/:period/figures/:file': { get: members(200) },
  '/reports/:period/compare': { get: members(200) },
  '/reports/:period/correct': { get: administrators(200), post: administrators(400) },
  '/reports/:period/public': { get: administrators(200), post: administrators(400) },
  '/reports/:period/edit': { get: editors(200), post: editors(400) },
  '/reports/:period/publish': { get: administrators(200), post: administrators(302) },
  '/open/reports/:secret': { get: everybody(200) },

  '/guides': { get: members(200) },
  '/guides/:slug': { get: members(200) },

  '/people': { get: members(200) },
  '/people/new': { get: administrators(200), post: administrators(400) },
  '/people/import': { get: administrators(200), post: administrators(400) },
  '/people/teams': { get: members(200), post: administrators(400) },
  '/people/teams/:slug': { get: administrators(200), post: administrators(400) },
  '/people/:id': { get: members(200), post: administrators(400) },
  '/people/:id/edit': { get: administrators(200), post: administrators(400) },
  '/people/:id/close': { get: administrators(200), post: administrators(302) },

  '/admin': { get: administrators(200) },
  '/admin/services': { get: administrators(200), post: administrators(400) },
  '/admin/sources': { get: administrators(200), post: administrators(400) },
  '/admin/sources/:slug': { get: administrators(200), post: administrators(400) },
  '/admin/sources/:slug/remove': { get: administrators(200), post: administrators(302) },
  '/admin/sources/:slug/deliveries/:id': { get: administrators(200), post: administrators(302) },
  '/admin/sources/:slug/deliveries/:id/body': { get: administrators(200) },
  '/admin/settings': { get: administrators(200), post: administrators(400) },
  '/admin/tokens': { get: administrators(200), post: administrators(400) },
  '/admin/tokens/:id/revoke': { get: administrators(200), post: administrators(302) },
  '/admin/audit': { get: administrators(200) },
  '/admin/report-readers': { get: administrators(200), post: administrators(400) },

  // Before one is signed in
  '/sign-in': { get: row(200, 302, 302, 302, 302), post: row(400, 302, 302, 302, 302) },
  '/sign-out': { get: everybody(302), post: everybody(302) },
  '/set-up': { get: everybody(404), post: everybody(404) },
  '/forgotten': { get: everybody(200), post: everybody(200), form: asker => [['email', `${asker}@nowhere.test`]] },
  '/invitation/:secret': { get: everybody(410), post: everybody(410) },
  '/reset/:secret': { get: everybody(410), post: everybody(410) },
  '/actions/update/:secret': { get: everybody(410), post: everybody(410) },
}

/** Pages that a visitor may open; every other one sends them to /sign-in. */
const OPEN_PAGES = [
  '/sign-in',
  '/sign-out',
  '/set-up',
  '/forgotten',
  '/invitation/:secret',
  '/reset/:secret',
  '/actions/update/:secret',
  '/forums/calendar/:secret',
  '/open/reports/:secret',
]

const apiMembers = (status: number) => row(401, status, status, status, status)
const apiFacilitators = (status: number) => row(401, 404, status, 404, status)
const apiEditors = (status: number) => row(401, 404, 404, status, status)
const apiAdministrators = (status: number) => row(401, 404, 404, 404, status)

/** Operations of the API. A POST brings no JSON, so that 400 says that it would listen; a PATCH changes nothing. */
const API: Record<string, Row> = {
  'get /openapi.json': apiMembers(200),
  'get /search': apiMembers(200),
  'get /postmortems': apiMembers(200),
  'post /postmortems': apiMembers(400),
  'get /postmortems/{slug}': apiMembers(200),
  'patch /postmortems/{slug}': apiEditors(200),
  'get /action-items': apiMembers(200),
  'post /action-items': apiMembers(400),
  'get /action-items/{id}': apiMembers(200),
  'patch /action-items/{id}': apiEditors(200),
  'get /themes': apiMembers(200),
  'post /themes': apiEditors(400),
  'get /themes/{slug}': apiMembers(200),
  'patch /themes/{slug}': apiEditors(200),
  'get /incidents': apiMembers(200),
  'post /incidents': apiMembers(400),
  'get /incidents/{key}': apiMembers(200),
  'patch /incidents/{key}': apiMembers(200),
  'get /incidents/{key}/record': apiMembers(200),
  'post /incidents/{key}/updates': apiMembers(400),
  'get /near-misses': apiMembers(200),
  'post /near-misses': apiMembers(400),
  'get /services': apiMembers(200),
  'post /services': apiAdministrators(400),
  'get /services/{slug}': apiMembers(200),
  'patch /services/{slug}': apiAdministrators(200),
  'get /forums': apiMembers(200),
  'post /forums': apiFacilitators(400),
  'get /forums/{id}': apiMembers(200),
  'patch /forums/{id}': apiFacilitators(200),
  'get /forum-series': apiMembers(200),
  'post /forum-series': apiFacilitators(400),
  'get /forum-series/{id}': apiMembers(200),
  'patch /forum-series/{id}': apiFacilitators(200),
  'get /forum-proposals': apiFacilitators(200),
  'get /forums/{id}/live/state': apiMembers(200),
  'get /forums/{id}/live/time': apiMembers(200),
  'get /forums/{id}/live/events': apiMembers(200),
  'post /forums/{id}/live/commands': apiMembers(400),
  'get /people': apiMembers(200),
  'post /people': apiAdministrators(400),
  'get /people/{id}': apiMembers(200),
  'patch /people/{id}': apiAdministrators(200),
  'get /teams': apiMembers(200),
  'post /teams': apiAdministrators(400),
  'get /teams/{slug}': apiMembers(200),
  'patch /teams/{slug}': apiAdministrators(200),
  // Without its period it is a 400, which only those get who may ask.

  // Without a period it is refused: whoever is told so would get the figures.
  'get /figures': apiMembers(400),
  'get /reports': apiMembers(200),
  'get /reports/{period}': apiMembers(200),
  'get /definitions': apiMembers(200),
  'post /import/{kind}': apiEditors(400),
  'get /waves': everybody(200),
  'get /waves/{wave}': everybody(200),
  'get /waves/{wave}/bulletin': everybody(200),
  'post /waves/{wave}/responses': everybody(400),
  'post /waves/{wave}/ballots': apiMembers(400),
  'get /waves/{wave}/release': apiMembers(200),
  'post /waves/{wave}/close': apiAdministrators(400),
  'post /waves/{wave}/publish': apiAdministrators(400),
}

let samples: Samples
const server = await startServer({
  async prepare(db, dataDir) {
    samples = await addSamples(db, dataDir)
  },
})
let importId: string
beforeAll(async () => {
  importId = await startImport(server, 'editor')
})
const { library, ids } = samples!
const addressOf = (path: string) => sampleAddress(path, samples, importId)

async function statuses(ask: (asker: Asker) => Promise<Response>): Promise<Row> {
  const answer: Partial<Row> = {}
  for (const asker of ASKERS) answer[asker] = (await ask(asker)).status
  return answer as Row
}

const routes = mappedRoutes()
const pages = routes.filter(route => !route.isApi)

describe('The tables', () => {
  test('name every address of remix.config.js, and no other', () => {
    expect(Object.keys(PAGES).sort()).toEqual(pages.map(route => route.path).sort())
  })

  test('say what an action answers wherever there is one', () => {
    expect(Object.keys(PAGES).filter(path => PAGES[path]?.post)).toEqual(
      Object.keys(PAGES).filter(path => pages.find(route => route.path === path)?.hasAction),
    )
  })

  test('name every operation of the API, and no other', () => {
    expect(Object.keys(API).sort()).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort())
  })
})

describe('A page is shown to', () => {
  test.each(Object.keys(PAGES))('%s', async path => {
    const { get } = PAGES[path] as Expected
    expect(await statuses(as => server.ask(addressOf(path), { as }))).toEqual(get)
  })

  test('a visitor comes back to the page they wanted once they have signed in', async () => {
    for (const path of Object.keys(PAGES)) {
      if (OPEN_PAGES.includes(path) || path === '/') continue
      const address = `${addressOf(path)}?a=b%26c`
      const answer = await server.ask(address)
      expect(answer.headers.get('location'), path).toBe(`/sign-in?to=${encodeURIComponent(address)}`)
    }
    expect((await server.ask('/')).headers.get('location')).toBe('/sign-in')
  })

  test('the data that a page loads without a document follows the same table', async () => {
    for (const path of pages.filter(route => route.isPage).map(route => route.path)) {
      const { get } = PAGES[path] as Expected
      const address = path === '/' ? '/_root.data' : `${addressOf(path)}.data`
      const answered = await statuses(as => server.ask(address, { as }))
      // Single fetch answers a redirect with 202 and says where to in the body.
      const expected = Object.fromEntries(ASKERS.map(asker => [asker, get[asker] === 302 ? 202 : get[asker]]))
      expect(answered, path).toEqual(expected)
      if (get.visitor !== 302) continue
      const body = await (await server.ask(address)).text()
      expect(body, path).toContain('/sign-in')
      expect(body.length, `${path} tells a visitor nothing but where to sign in`).toBeLessThan(600)
    }
  })

  test('one loader of a page, asked for alone, guards itself', async () => {
    for (const { id, path } of pages.filter(route => route.isPage)) {
      if (OPEN_PAGES.includes(path)) continue
      const address = path === '/' ? '/_root.data' : `${addressOf(path)}.data`
      for (const one of ['shell', id])
        expect((await server.ask(`${address}?_routes=${one}`)).status, `${path} ${one}`).toBe(202)
    }
  })

  test('addresses that do not exist: a visitor cannot tell, a member sees 404', async () => {
    expect(await statuses(as => server.ask('/no/such/page', { as }))).toEqual(everybody(404))
    expect(await statuses(as => server.ask('/api/v1/nothing', { as }))).toEqual(apiMembers(404))
  })
})

describe('An action', () => {
  test.each(Object.keys(PAGES).filter(path => PAGES[path]?.post))('of %s listens to', async path => {
    const { post, form = () => [] } = PAGES[path] as Expected
    const answered = await statuses(async as => {
      if (path !== '/sign-out' || as === 'visitor') return server.ask(addressOf(path), { as, form: form(as) })
      const cookie = await signIn(server.url, EMAILS[as], PASSWORD)
      return server.ask(addressOf(path), { form: [], headers: { cookie } })
    })
    expect(answered).toEqual(post)
  })
})

describe('An operation of the API answers', () => {
  const call = (key: string, options: Parameters<typeof server.ask>[1]) => {
    const [method = '', template = ''] = key.split(' ')
    const path = `/api/v1${template.replace(/\{(\w+)\}/g, ':$1')}`
    const body = { post: '!', patch: '{}' }[method]
    return server.ask(addressOf(path), { ...options, method: method.toUpperCase(), body })
  }

  test.each(Object.keys(API))('%s', async key => {
    expect(await statuses(as => call(key, { as, headers: { origin: server.url } }))).toEqual(API[key])
  })

  test('a visitor with 401, a challenge and problem+json', async () => {
    for (const key of Object.keys(API).filter(one => API[one]?.visitor === 401)) {
      const answer = await call(key, { headers: { origin: server.url } })
      expect(answer.headers.get('www-authenticate'), key).toMatch(/^Bearer/)
      expect(answer.headers.get('content-type'), key).toBe('application/problem+json')
      expect(await answer.json(), key).toMatchObject({ type: 'about:blank', status: 401, errors: [] })
    }
  })

  test('a forbidden role with the same words as for what does not exist', async () => {
    const forbidden = await call('post /themes', { as: 'member', headers: { origin: server.url } })
    expect(forbidden.headers.get('content-type')).toBe('application/problem+json')
    expect(await forbidden.json()).toMatchObject({ status: 404, title: 'Not found' })
    expect(forbidden.headers.get('www-authenticate')).toBeNull()
  })

  test('importing people, roles, deployments and traffic only administrators, unknown kinds nobody', async () => {
    const ask = (kind: string) =>
      statuses(as =>
        server.ask(`/api/v1/import/${kind}?dryRun=1`, {
          as,
          body: 'name,email\nOne,one@people.test\n',
          headers: { origin: server.url, 'content-type': 'text/csv' },
        }),
      )
    for (const kind of ['people', 'roles', 'deployments', 'traffic'])
      expect(await ask(kind)).toEqual(apiAdministrators(200))
    expect(await ask('action-items')).toEqual(apiEditors(200))
    expect(await ask('secrets')).toEqual(apiMembers(404))
  })
})

describe('A text that is not open to all', () => {
  // product.md: drafts for authors and editors, restricted for authors, named readers and administrators.
  const READERS: Record<Exclude<keyof LibrarySlugs, 'published'>, Role[]> = {
    membersDraft: ['member', 'editor', 'administrator'],
    othersDraft: ['editor', 'administrator'],
    othersInReview: ['editor', 'administrator'],
    restricted: ['member', 'facilitator', 'administrator'],
    archived: ['editor', 'administrator'],
  }

  test.each(Object.keys(READERS) as (keyof typeof READERS)[])('%s is read by those alone', async kind => {
    const slug = library[kind]
    for (const path of [
      `/library/${slug}`,
      `/library/${slug}.data`,
      `/library/${slug}/history`,
      `/library/${slug}/comments`,
      `/library/${slug}/review`,
      `/library/${slug}/attachments`,
      `/library/${slug}/summary`,
      `/library/${slug}/markdown`,
      `/api/v1/postmortems/${slug}`,
    ])
      for (const as of ROLES) {
        const answer = await server.ask(path, { as })
        const text = await answer.text()
        expect(answer.status, `${path} as ${as}`).toBe(READERS[kind].includes(as) ? 200 : 404)
        if (answer.status === 404) expect(text, `${path} as ${as}`).not.toContain(HIDDEN_WORD)
      }
  })

  test('is edited by the author of a draft and by editors who see it', async () => {
    const EDITORS: Record<keyof typeof READERS, Role[]> = {
      membersDraft: ['member', 'editor', 'administrator'],
      othersDraft: ['editor', 'administrator'],
      othersInReview: ['editor', 'administrator'],
      restricted: ['administrator'],
      archived: ['editor', 'administrator'],
    }
    for (const kind of Object.keys(EDITORS) as (keyof typeof READERS)[])
      for (const as of ROLES) {
        const may = EDITORS[kind].includes(as)
        const page = await server.ask(`/library/${library[kind]}/edit`, { as })
        expect(page.status, `${kind} as ${as}`).toBe(may ? 302 : 404)
        const editor = await server.ask(`/postmortems/${ids[library[kind]]}/edit`, { as })
        expect(editor.status, `${kind} as ${as}`).toBe(may ? 200 : 404)
        const patched = await server.ask(`/api/v1/postmortems/${library[kind]}`, {
          as,
          method: 'PATCH',
          json: {},
        })
        expect(patched.status, `${kind} by the API as ${as}`).toBe(may ? 200 : 404)
      }
  })

  test('is not published by its author, only by an editor', async () => {
    const answer = await server.ask(`/api/v1/postmortems/${library.membersDraft}`, {
      as: 'member',
      method: 'PATCH',
      json: { status: 'published' },
    })
    expect(answer.status).toBe(400)
    const made = await server.ask('/api/v1/postmortems', {
      as: 'member',
      json: { title: 'At once', status: 'published' },
    })
    expect(made.status).toBe(400)
  })

  test('is in no list, search, facet, feed, export or front page of anyone who may not see it', async () => {
    const places = [
      '/',
      `/library?q=${HIDDEN_WORD}`,
      `/library?q=${HIDDEN_WORD}&sort=newest`,
      `/library.atom?q=${HIDDEN_WORD}`,
      '/library/export/jsonl',
      '/library/export/csv',
      `/api/v1/search?q=${HIDDEN_WORD}`,
      '/api/v1/postmortems?limit=200',
      '/api/v1/postmortems?status=draft',
      `/library/${library.published}`,
      '/themes/change',
    ]
    for (const as of ROLES)
      for (const path of places) {
        const answer = await server.ask(path, { as })
        expect(answer.status, path).toBe(200)
        const text = (await answer.text()).replaceAll(new RegExp(`[^\\s<>]*${HIDDEN_WORD}[^\\s<>]*`, 'g'), found =>
          // The page repeats what was asked.
          path.includes(HIDDEN_WORD) && !/restricted|archived/.test(found) ? '' : found,
        )
        const slugs = [library.restricted, library.archived]
        if (as === 'member' || as === 'facilitator') slugs.push(library.othersDraft, library.othersInReview)
        if (as === 'facilitator') slugs.push(library.membersDraft)
        for (const slug of slugs) expect(text.includes(slug), `${slug} at ${path} as ${as}`).toBe(false)
      }
  })

  test('looks like one that never was', async () => {
    const seen = async (slug: string) => {
      const text = await (await server.ask(`/library/${slug}`, { as: 'facilitator' })).text()
      return text
        .replaceAll(slug, 'SLUG')
        .replace(/nonce="[^"]*"/g, '')
        .replace(/"nonce":"[^"]*"/g, '')
    }
    expect(await seen(library.othersDraft)).toBe(await seen('never-was'))
  })
})

describe('A form that another site sent', () => {
  const changes: { method: string; path: string }[] = []
  beforeAll(() => {
    for (const route of pages) if (route.hasAction) changes.push({ method: 'POST', path: addressOf(route.path) })
    for (const { method, path, isPublic } of OPERATIONS)
      if (method !== 'get' && !isPublic)
        changes.push({
          method: method.toUpperCase(),
          path: addressOf(`/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`),
        })
  })

  test.each([
    ['says nothing of where it comes from', {}],
    ['names another origin', { origin: 'https://evil.test' }],
    ['names no origin at all', { origin: 'null' }],
    ['is marked by the browser as cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['is marked by the browser as same-site', { 'sec-fetch-site': 'same-site' }],
    ['is marked as cross-site and lies about its origin', { 'sec-fetch-site': 'cross-site', origin: 'SELF' }],
  ])('is refused when it %s', async (_, given) => {
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(given)) headers[name] = value === 'SELF' ? server.url : value
    for (const { method, path } of changes) {
      const answer = await server.ask(path, { as: 'administrator', method, headers, body: 'a=b' })
      expect(answer.status, `${method} ${path}`).toBe(403)
    }
  })

  test('passes with a bearer token, which no browser sends by itself', async () => {
    for (const { method, path } of changes.filter(change => change.path.startsWith('/api/'))) {
      const answer = await server.ask(path, {
        method,
        headers: { origin: 'https://evil.test', authorization: `Bearer ${DEMO_TOKEN}` },
        body: '!',
      })
      expect(answer.status, `${method} ${path}`).toBe(400)
    }
  })

  test('gains nothing from a token that is not one, even beside a session', async () => {
    const answer = await server.ask('/api/v1/themes', {
      as: 'administrator',
      headers: { authorization: 'Bearer wrong' },
      body: '{}',
    })
    expect(answer.status).toBe(401)
  })
})
