/** What attackers send: no script runs, nothing is stored by halves, nothing breaks. */
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { DEMO_TOKEN } from '#db/seeds/demo-organisation.server.ts'
import { startBrowser } from '#test/support/browser.ts'
import { EMAILS, PASSWORD, startServer } from '#test/support/server.ts'
import { ABSENT, ALL_PAYLOADS, MARKDOWN, PAYLOADS, SHAPES, STRINGS } from './hostile-inputs.ts'

const server = await startServer()
const browser = await startBrowser(server)
const token = { authorization: `Bearer ${DEMO_TOKEN}` }

describe('In a real browser no script runs', () => {
  test('when texts are imported whose every field is a payload', async () => {
    const lines = PAYLOADS.map((payload, index) =>
      JSON.stringify({
        title: payload.slice(0, 280),
        summary: `${payload}\n\n${MARKDOWN[index % MARKDOWN.length]}`,
        body: MARKDOWN.filter((text, n) => n % PAYLOADS.length === index && text.length < 2_000).join('\n\n'),
        services: [payload.slice(0, 90)],
        themes: [payload.slice(0, 90)],
        external_id: `xss-${index}`,
        source_url: `javascript:alert(${index})`,
      }),
    )
    const page = await watched('/library/import', 'editor')
    await page.getByLabel('Files').setInputFiles({
      name: `<img src=x onerror=alert(1)>.jsonl`,
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(lines.join('\n')),
    })
    await page.getByRole('button', { name: 'Read the files' }).click()
    await page.getByRole('heading', { name: 'What was understood' }).waitFor()
    await harmless(page)
    await page
      .getByRole('link', { name: /^Correct/ })
      .first()
      .click()
    await page.getByRole('heading', { name: 'Correct what was understood' }).waitFor()
    await harmless(page)
    await page.goBack()
    await page.getByRole('button', { name: `Import ${PAYLOADS.length}` }).click()
    await page.getByRole('heading', { name: 'Imported' }).waitFor()
    await harmless(page)
    expect(await page.locator('.lead').textContent()).toContain(`${PAYLOADS.length} new, 0 updated, 0 unchanged`)
  })

  test('when they are read, one by one', async () => {
    const { items } = await list<{ slug: string; externalId: string | null }>('postmortems')
    const slugs = items.filter(item => item.externalId?.startsWith('xss-')).map(item => item.slug)
    expect(slugs).toHaveLength(PAYLOADS.length)
    const page = await watched('/', 'editor')
    for (const slug of slugs) {
      await page.goto(`/library/${slug}`)
      expect(await page.locator('h1').count(), slug).toBe(1)
      await harmless(page)
    }
    for (const slug of slugs.slice(0, 12))
      for (const path of ['history', 'edit']) {
        await page.goto(`/library/${slug}/${path}`)
        await harmless(page)
      }
  })

  test('when they are searched for', async () => {
    const page = await watched('/', 'editor')
    for (const payload of PAYLOADS) {
      await page.goto(`/library?q=${encodeURIComponent(payload)}`)
      expect(await page.getByLabel('Search the library').inputValue()).toBe(payload.replace(/\r?\n/g, ''))
      await harmless(page)
    }
    await page.goto(`/library?q=${encodeURIComponent(PAYLOADS[2] ?? '')}&sort=newest`)
    await page.getByRole('button', { name: 'Save this search' }).click()
    await page.goto('/saved-searches')
    await harmless(page)
  })

  test('when themes, services, teams, people and tokens are named after them', async () => {
    const some = PAYLOADS.slice(0, 6)
    for (const [index, payload] of some.entries()) {
      const name = `${index} ${payload}`.slice(0, 78)
      const post = (path: string, json: unknown) => server.ask(`/api/v1/${path}`, { headers: token, json })
      const answers = [
        await post('themes', { name, definition: `${payload}.`, synonyms: [`s${index} ${payload}`.slice(0, 40)] }),
        await post('services', { name }),
        await post('teams', { name }),
        await post('people', { name, email: `hostile-${index}@people.test` }),
      ]
      for (const answer of answers) expect(answer.status, `${answer.url} ${name}`).toBe(201)
    }
    const page = await watched('/', 'administrator')
    for (const path of ['/', '/library', '/themes', '/admin/services', '/people', '/people/teams', '/admin/audit']) {
      await page.goto(path)
      await harmless(page)
    }
    const themes = (await list<{ slug: string; name: string }>('themes')).items.filter(one => /^\d /.test(one.name))
    expect(themes).toHaveLength(some.length)
    for (const { slug } of themes)
      for (const path of [`/themes/${slug}`, `/themes/${slug}/edit`, `/themes/${slug}/merge?into=change`]) {
        await page.goto(path)
        await harmless(page)
      }
    const people = (await list<{ id: string; email?: string }>('people')).items.filter(one =>
      /hostile/.test(one.email ?? ''),
    )
    expect(people).toHaveLength(some.length)
    for (const { id } of people) {
      await page.goto(`/people/${id}`)
      await harmless(page)
    }
  })

  test('when the address itself is the payload', async () => {
    browser.allow(/status of (400|404)/)
    const page = await watched('/', 'administrator')
    for (const payload of PAYLOADS.slice(0, 10)) {
      const encoded = encodeURIComponent(payload.slice(0, 100))
      for (const path of [`/library/${encoded}`, `/themes?q=${encoded}`, `/people?q=${encoded}&who=${encoded}`]) {
        await page.goto(path)
        await harmless(page)
      }
    }
  })

  /** A page that notes whatever a payload would do. */
  async function watched(path: string, as: 'editor' | 'administrator'): Promise<Page> {
    const page = await browser.open('/guides', { as })
    await page.addInitScript(() => {
      const noted = window as unknown as { __xss?: unknown; __refused: string[] }
      noted.__refused = []
      for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
        Object.defineProperty(window, name, {
          value: () => {
            noted.__xss = name
          },
        })
      document.addEventListener('securitypolicyviolation', event => {
        noted.__refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
      })
    })
    await page.goto(path)
    return page
  }
})

/** Nothing ran, nothing was even refused, and nothing lies in wait for a mouse. */
async function harmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const noted = window as unknown as { __xss?: unknown; __refused?: string[] }
    const traps: string[] = []
    for (const one of document.querySelectorAll('*'))
      for (const { name, value } of one.attributes) {
        if (/^on/i.test(name) || name === 'srcdoc' || name === 'style') traps.push(`${one.tagName} ${name}=${value}`)
        if (
          /^(href|src|action|formaction|xlink:href|data)$/i.test(name) &&
          /^\W*(java|vb)script:|^\W*data:text/i.test(value)
        )
          traps.push(`${one.tagName} ${name}=${value}`)
      }
    for (const one of document.querySelectorAll('main :is(script,iframe,object,embed,base,style,link,meta,frame,math)'))
      traps.push(one.outerHTML.slice(0, 100))
    for (const one of document.querySelectorAll('base, meta[http-equiv]')) traps.push(one.outerHTML)
    return { ran: noted.__xss ?? null, refused: noted.__refused ?? null, traps }
  })
  expect(found, page.url()).toEqual({ ran: null, refused: [], traps: [] })
}

describe('By HTTP', () => {
  test.skipIf(ABSENT)('every payload of the list is searched for and comes back escaped', async () => {
    // One of every shape alone, then all of them in company: what is asked stands in the page either way.
    const queries = SHAPES.map(payload => [payload])
    queries.push(...inCompany(ALL_PAYLOADS))
    const plain = await pageOf('nothing in particular')
    const failures: string[] = []
    await inParallel(4, queries, async payloads => {
      const { status, html, scripts } = await pageOf(payloads.join('\n'))
      const about = payloads[0]?.slice(0, 120)
      if (status !== 200) failures.push(`${status}: ${about}`)
      if (scripts !== plain.scripts || /<\/?script/i.test(html)) failures.push(`a script more: ${about}`)
      for (const payload of payloads)
        if (/[<>"']/.test(payload) && payload.length > 3 && html.includes(payload) && !plain.html.includes(payload))
          failures.push(`not escaped: ${payload}`)
    })
    expect(failures).toEqual([])
  })

  test('no string of any kind breaks a page, an operation or a form', async () => {
    const ways = [
      (q: string) => server.ask(`/library?q=${q}&theme=${q}&service=${q}&from=${q}&page=${q}`, { as: 'member' }),
      (q: string) => server.ask(`/library.atom?q=${q}`, { as: 'member' }),
      (q: string) => server.ask(`/themes?q=${q}`, { as: 'member' }),
      (q: string) => server.ask(`/library/${q}/history?from=${q}&to=${q}`, { as: 'editor' }),
      (q: string) => server.ask(`/people?q=${q}&team=${q}&who=${q}`, { as: 'administrator' }),
      (q: string) => server.ask(`/admin/audit?who=${q}&act=${q}&from=${q}&page=${q}`, { as: 'administrator' }),
      (q: string) => server.ask(`/api/v1/search?q=${q}`, { as: 'member' }),
      (q: string) => server.ask(`/api/v1/people/${q}`, { as: 'member' }),
      (_: string, text: string) =>
        server.ask('/themes/new', { as: 'editor', form: { name: text, definition: text, parent: text } }),
      (q: string, text: string) =>
        server.ask('/saved-searches', { as: 'member', form: { intent: 'save', query: `q=${q}`, name: text } }),
      (_: string, text: string) =>
        server.ask('/api/v1/themes', { as: 'editor', json: { name: text, definition: text, parent: text } }),
      (_: string, text: string) =>
        server.ask('/api/v1/incidents', { as: 'member', json: { title: text, services: [text], startedAt: text } }),
      (_: string, text: string) =>
        server.ask('/api/v1/postmortems', { as: 'editor', json: { title: text, services: [text], authors: [text] } }),
      (_: string, text: string) =>
        server.ask('/api/v1/import/postmortems?dryRun=1', {
          headers: { ...token, 'content-type': 'text/csv' },
          body: `title,published_at,body\n${text},${text},${text}\n`,
        }),
    ]
    const failures: string[] = []
    // One way for each string: its neighbours of the same kind go the others.
    const tries = STRINGS.map((text, index) => ({ text, way: index % ways.length }))
    await inParallel(4, tries, async ({ text, way }) => {
      const answer = await ways[way]?.(encodeURIComponent(text.toWellFormed()), text)
      await answer?.arrayBuffer()
      if (!answer || answer.status >= 500) failures.push(`${answer?.status} ${answer?.url}: ${JSON.stringify(text)}`)
    })
    expect(failures).toEqual([])
  })

  test('Markdown that keeps parsers busy is rendered within seconds', async () => {
    for (const [index, markdown] of MARKDOWN.entries()) {
      if (markdown.length < 2_000) continue
      const made = await server.ask('/api/v1/postmortems', {
        as: 'editor',
        json: { title: `Busy ${index}`, status: 'published', sections: { body: markdown } },
      })
      expect(made.status, `${index}`).toBe(201)
      const { slug } = (await made.json()) as { slug: string }
      const start = performance.now()
      expect((await server.ask(`/library/${slug}`, { as: 'member' })).status).toBe(200)
      expect(performance.now() - start, `${index}: ${markdown.slice(0, 20)}`).toBeLessThan(5_000)
    }
  })

  test('addresses that nobody should ask for never break the server', async () => {
    const long = 'a'.repeat(8_000)
    const paths = [
      '/%00',
      '/library/%00',
      '/library?q=%00',
      '/api/v1/search?q=%00',
      '/%ff',
      '/library/%ff%fe',
      '/library?q=%ff%fe',
      '/%',
      '/library/%E0%A4%A',
      '/..%2f..%2fetc%2fpasswd',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/../../package.json',
      '/../package.json',
      '//evil.test/library',
      '/\\evil.test',
      '/library/..;/admin',
      '/ADMIN',
      '/library//import',
      `/library/${long}`,
      `/library?q=${long}`,
      `/${'a/'.repeat(2_000)}`,
      '/library/%F0%9F%92%A5',
      '/library.data',
      '/library.data?_routes=nonsense',
      '/__manifest',
      '/__manifest?p=%2flibrary&version=nonsense',
      '/api/v1/',
      '/api/v1/postmortems/%2e%2e%2f',
      '/api/v1/people/__proto__',
      '/themes/constructor',
      '/guides/..%2f..%2fREADME',
      '/guides/%2e%2e%2fthemes.yaml',
      '/library/export/__proto__',
      '/library/import/__proto__/0',
      '/invitation/%00',
      '/reset/__proto__',
    ]
    for (const path of paths)
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
        const { status, body } = await raw(method, path, { cookie: await server.cookieOf('administrator') })
        expect(status, `${method} ${path.slice(0, 80)}`).toBeLessThan(500)
        expect(body, path).not.toMatch(/root:x:0|"devDependencies"|\n\s+at \w+.*:\d+:\d+/)
      }
  })

  test('headers that no browser sends never break the server', async () => {
    const session = await server.cookieOf('member')
    const odd: Record<string, string | string[]>[] = [
      { cookie: `${session}; a=\xff\xfe\x80; candor_theme=\xe9` },
      { cookie: 'candor_session=' },
      { cookie: `candor_session=${'a'.repeat(40)}` },
      { cookie: `candor_session=%00%ff; candor_session=${'b'.repeat(5_000)}` },
      { cookie: 'candor_theme="><script>alert(1)</script>' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${'x'.repeat(6_000)}` },
      { authorization: 'Basic YWRtaW46YWRtaW4=' },
      { authorization: 'Bearer \xff\xfe' },
      { host: 'evil.test' },
      { host: '"><script>alert(1)</script>' },
      { 'accept-language': 'x'.repeat(4_000) },
      { accept: '*/*;q=nonsense' },
      { range: 'bytes=0-0,-1,99999999999999999999-' },
      { 'if-none-match': '\xff' },
      { 'x-forwarded-for': "1.2.3.4, '; DROP TABLE people; --" },
      { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'javascript' },
      { 'content-type': 'multipart/form-data', 'content-length': '0' },
      { 'transfer-encoding': 'chunked' },
      Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`x-${index}`, 'y'])),
    ]
    for (const headers of odd) {
      const { status, body } = await raw('GET', '/library', { cookie: session, ...headers })
      expect(status, JSON.stringify(headers).slice(0, 100)).toBeLessThan(500)
      expect(body).not.toContain('<script>alert(1)')
    }
    expect(await manyHeaders(20_000)).toMatch(/^HTTP\/1\.1 431 /)
    expect((await server.ask('/healthz')).status, 'it is still there').toBe(200)
  })

  test('bodies that are no forms are refused, not stumbled over', async () => {
    const bodies: [string, string][] = [
      ['multipart/form-data', 'no boundary'],
      ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="files"; filename="a'],
      ['multipart/form-data; boundary=x', '\0\0\0'],
      ['application/x-www-form-urlencoded', '%ff%fe=%zz&=&&&=='],
      ['application/json', '{"intent":'],
      ['text/plain', 'x'],
      ['', ''],
    ]
    for (const path of [
      '/sign-in',
      '/library/import',
      '/themes/new',
      '/saved-searches',
      '/me',
      '/people/import',
      '/import',
    ])
      for (const [type, body] of bodies) {
        const answer = await server.ask(path, {
          as: 'administrator',
          method: 'POST',
          headers: { origin: server.url, 'content-type': type },
          body,
        })
        expect(answer.status, `${path} ${type}`).toBeLessThan(500)
      }
  })

  test('JSON that is too deep, too large or not JSON is refused in words', async () => {
    const bodies = ['', 'null', '[]', '"x"', '{', '{"title":"\\u0000"}', '{"title":"\\ud83d"}', '{"__proto__":{"x":1}}']
    bodies.push(`${'['.repeat(100_000)}`, `{"title":${'['.repeat(500_000)}${']'.repeat(500_000)}}`)
    for (const body of bodies)
      for (const path of ['postmortems', 'themes', 'incidents', 'services', 'people', 'teams']) {
        const answer = await server.ask(`/api/v1/${path}`, { headers: token, body })
        expect(answer.status, `${path} ${body.slice(0, 40)}`).toBe(400)
        expect(answer.headers.get('content-type')).toBe('application/problem+json')
      }
    for (const line of [
      `{"title":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      '{"title":"\\ud83d"}',
      '{"__proto__":[]}',
    ]) {
      const imported = await server.ask('/api/v1/import/postmortems?dryRun=1', {
        headers: { ...token, 'content-type': 'application/x-ndjson' },
        body: line,
      })
      expect(imported.status, line.slice(0, 40)).toBeLessThan(500)
    }
    const large = await server.ask('/api/v1/postmortems', {
      headers: token,
      json: { title: 'x', sections: { body: 'x'.repeat(3 * 1024 * 1024) } },
    })
    expect(large.status).toBe(413)
    await large.arrayBuffer()
  })

  test('a body that was refused does not hold up the next request of its connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const statusOf = (path: string, body: string) =>
      new Promise<number>((resolve, reject) => {
        const headers = { ...token, 'content-type': 'application/json', 'content-length': body.length }
        const asking = request(`${server.url}${path}`, { agent, method: 'POST', headers }, response => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0))
        })
        asking.on('error', reject)
        asking.end(body)
      })
    const large = JSON.stringify({ title: 'x'.repeat(3 * 1024 * 1024) })
    expect(await statusOf('/api/v1/postmortems', large)).toBe(413)
    expect(await statusOf('/api/v1/postmortems', '{}')).toBe(400)
    agent.destroy()
  })

  test('nobody is led to another site after signing in or choosing a theme', async () => {
    const elsewhere = [
      '//evil.test',
      '///evil.test',
      '/\\evil.test',
      '\\\\evil.test',
      'https://evil.test',
      'https:evil.test',
      '/\t/evil.test',
      '/%09/evil.test',
      'javascript:alert(1)',
      '/..//evil.test',
      '/.//evil.test',
      '/library/..//evil.test',
      'x\r\nSet-Cookie: a=b',
    ]
    for (const to of elsewhere) {
      const form = { to, email: EMAILS.member, password: PASSWORD }
      for (const answer of [
        await server.ask('/sign-in', { form }),
        await server.ask('/appearance', { as: 'member', form: { to, theme: 'dark' } }),
        await server.ask(`/sign-in?to=${encodeURIComponent(to)}`, { as: 'member' }),
      ]) {
        const location = answer.headers.get('location') ?? ''
        expect(answer.status, to).toBe(302)
        expect(new URL(location, server.url).origin, `${to} led to ${location}`).toBe(server.url)
        expect(answer.headers.getSetCookie().filter(cookie => !cookie.startsWith('candor_'))).toEqual([])
      }
    }
  })

  test('an upload of 21 MB is refused with its limit, in the browser’s form and by the API', async () => {
    const bytes = new Uint8Array(21 * 1024 * 1024).fill(97)
    const form = new FormData()
    form.append('files', new File([bytes], 'large.md'))
    const page = await server.ask('/library/import', { as: 'editor', body: form, headers: { origin: server.url } })
    expect(page.status).toBe(413)
    expect(await page.text()).toContain('more than 20 MB')
    const api = await server.ask('/api/v1/import/postmortems', {
      headers: { ...token, 'content-type': 'text/markdown' },
      body: bytes,
    })
    expect(api.status).toBe(413)
    expect(await api.json()).toMatchObject({ status: 413, detail: expect.stringContaining('20 MB') })
    const { total } = await list('postmortems')
    expect((await list('postmortems')).total, 'nothing was taken in').toBe(total)
  })

  test('a form of endless length is cut off, whatever it says of itself', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      void server.cookieOf('editor').then(cookie => {
        const sending = request(
          `${server.url}/themes/new`,
          {
            method: 'POST',
            headers: { cookie, origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
          },
          response => {
            resolve(response.statusCode ?? 0)
            response.resume()
            sending.destroy()
          },
        )
        sending.on('error', error => ('code' in error && error.code === 'ECONNRESET' ? resolve(413) : reject(error)))
        for (let n = 0; n < 80; n++) sending.write('a'.repeat(64 * 1024))
        sending.end()
      }, reject)
    })
    expect(status).toBe(413)
  })
})

describe('Headers', () => {
  test.each([
    ['a page', '/library', 200],
    ['the sign-in page', '/sign-in', 302],
    ['a page that is not there', '/no/such/page', 404],
    ['the API', '/api/v1/themes', 200],
    ['a download', '/library/export/csv', 200],
    ['the health page', '/healthz', 200],
    ['the icon', '/favicon.svg', 200],
    ['an address that cannot be read', '/%ff', 400],
  ])('of %s keep everything else out', async (_, path, status) => {
    const answer = await server.ask(path, { as: 'member' })
    expect(answer.status).toBe(status)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}'/)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toMatch(/^(same-origin|no-referrer)$/)
    expect(answer.headers.get('x-powered-by')).toBeNull()
  })

  test('give every page another nonce, which all its scripts carry', async () => {
    const nonces = new Set<string>()
    for (const path of ['/library', '/library', '/themes', '/guides']) {
      const answer = await server.ask(path, { as: 'member' })
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? ''
      nonces.add(nonce)
      const html = await answer.text()
      const scripts = html.match(/<script\b[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(2)
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
      expect(html).not.toMatch(/\sstyle="|<style\b|\son\w+="/)
    }
    expect(nonces.size).toBe(4)
  })

  test('forbid compiling code, and no script that pages load tries it', () => {
    const folder = join(PROJECT_FOLDER, 'build/client/assets')
    for (const name of readdirSync(folder).filter(file => file.endsWith('.js')))
      expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/\bnew Function\b|\beval\(|[^.\w]Function\(/)
  })

  test('keep pages and answers out of shared caches, and let hashed assets stay a year', async () => {
    for (const path of ['/library', '/api/v1/themes', '/library/export/csv', '/library.data'])
      expect((await server.ask(path, { as: 'member' })).headers.get('cache-control'), path).toMatch(/no-store/)
    const html = await (await server.ask('/sign-in')).text()
    const asset = /\/assets\/[\w.-]+\.css/.exec(html)?.[0] ?? ''
    expect((await server.ask(asset)).headers.get('cache-control')).toMatch(/max-age=31536000.*immutable/)
    expect((await server.ask('/assets/none.js')).status).toBe(404)
  })

  test('give a session cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await server.ask('/sign-in', { form: { email: EMAILS.member, password: PASSWORD } })
    const cookie = answer.headers.getSetCookie().find(one => one.startsWith('candor_session=')) ?? ''
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).toMatch(/Path=\//)
  })

  test('name no host that the request made up, once ORIGIN is set', async () => {
    const behind = await startServer({ env: { origin: 'https://candor.example.org' } })
    const port = new URL(`http://localhost:${behind.port}`).port
    const { headers } = await raw('GET', '/sign-in', { host: 'evil.test' }, Number(port))
    expect(headers['strict-transport-security']).toMatch(/max-age=31536000/)
    const feed = await raw('GET', '/library.atom', { host: 'evil.test', ...token }, Number(port))
    expect(feed.body).toContain('https://candor.example.org/library')
    expect(feed.body).not.toContain('evil.test')
  })
})

/** Payloads by groups that fit into one address; Node's limit for a request's head is 16 kB. */
function inCompany(payloads: string[]): string[][] {
  const groups: string[][] = [[]]
  let length = 0
  for (const payload of payloads) {
    const more = encodeURIComponent(payload).length + 3
    if (length + more > 12_000) {
      groups.push([])
      length = 0
    }
    length += more
    groups.at(-1)?.push(payload)
  }
  return groups
}

async function inParallel<T>(workers: number, all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const one of queue) await work(one)
    }),
  )
}

/** The library's page of a search, and how many scripts were cut out of it. */
async function pageOf(query: string): Promise<{ status: number; html: string; scripts: number }> {
  const answer = await server.ask(`/library?q=${encodeURIComponent(query)}`, { as: 'member' })
  const parts = (await answer.text()).split(/<script\b[\s\S]*?<\/script\s*>/i)
  return { status: answer.status, html: parts.join('…'), scripts: parts.length - 1 }
}

async function list<T>(path: string): Promise<{ items: T[]; total: number }> {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await server.ask(`/api/v1/${path}?limit=200${cursor ? `&cursor=${cursor}` : ''}`, { headers: token })
    const page = (await answer.json()) as { items: T[]; nextCursor: string | null }
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { items, total: items.length }
}

/** A request exactly as written: neither the path nor the headers are tidied up. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  port = server.port,
): Promise<{ status: number; body: string; headers: Record<string, string | string[] | undefined> }> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, method, path, headers: { host: `localhost:${port}`, ...headers }, agent: false },
      response => {
        let body = ''
        response.setEncoding('latin1')
        response.on('data', chunk => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }))
      },
    )
    asking.on('error', reject)
    asking.end()
  })
}

/** The first line that the server answers to so many headers. */
function manyHeaders(number: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n')
      socket.write(Array.from({ length: number }, (_, index) => `x-${index}: y\r\n`).join(''))
      socket.write('\r\n')
    })
    socket.setEncoding('latin1')
    socket.on('data', chunk => {
      resolve(String(chunk).split('\r\n', 1)[0] ?? '')
      socket.destroy()
    })
    socket.on('error', reject)
  })
}
