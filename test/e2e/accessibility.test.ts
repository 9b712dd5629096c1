/** axe on every page, in both themes, wide and at 320 px; one heading, a title, room for everything, a visible focus. */
import axe, { type RunOnly } from 'axe-core'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { type Asker, startServer } from '#test/support/server.ts'
import { addressOf, addSamples, type Samples, startImport } from './library-fixtures.ts'
import { mappedRoutes } from './route-map.ts'

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 320, height: 640 }

let samples: Samples
const server = await startServer({
  async prepare(db, dataDir) {
    samples = await addSamples(db, dataDir)
  },
})
const browser = await startBrowser(server)
let importId: string

beforeAll(async () => {
  importId = await startImport(server, 'administrator')
})

const BEFORE_SIGN_IN = /^\/(sign-in|forgotten|invitation|reset|set-up|actions\/update)/

/** For the stewards of a wave alone; the samples' is the editor. */
const STEWARDS = /^\/surveys\/:wave\/comments$/

const routed = mappedRoutes()
  .filter(route => route.isPage)
  .map(({ path }) => path)

describe('Every page', () => {
  test.each(routed)('%s', async path => {
    const as = BEFORE_SIGN_IN.test(path) ? 'visitor' : STEWARDS.test(path) ? 'editor' : 'administrator'
    if (/^\/(invitation|reset|set-up|actions\/update)/.test(path)) browser.allow(/status of (404|410)/)
    await inspect(addressOf(path, samples, importId), as)
  })
})

describe('A page in a particular state', () => {
  test.each<[string, string, Asker]>([
    ['results with a selection', '/library?q=retry+storm&severity=SEV-2', 'editor'],
    ['a query that cannot be read as meant', '/library?q=before:yesterday+%22open', 'member'],
    ['no results', '/library?q=xyzzyxyzzy&theme=change', 'member'],
    ['themes that nobody filtered for', '/themes?q=xyzzyxyzzy', 'editor'],
    ['the second page', '/library?page=2', 'member'],
    ['people who left', '/people?who=left', 'administrator'],
    ['an audit trail without entries', '/admin/audit?from=1999-01-01&to=1999-01-02', 'administrator'],
    ['the action items of a team', '/actions?team=checkout&state=all', 'member'],
    ['no action items', '/actions?owner=nobody&due=overdue&state=dropped', 'member'],
    ['a merge foreseen', '/themes/change/merge?into=data', 'editor'],
    ['an open incident with a handoff that waits', '/incidents/INC-166', 'member'],
    ['the roles of an open incident', '/incidents/INC-166/roles', 'member'],
    ['a handoff being written', '/incidents/INC-166/handoff', 'member'],
    ['incidents of a day without any', '/incidents?from=2001-01-01&to=2001-01-02', 'member'],
    ['a service being edited', '/admin/services?edit=SERVICE', 'administrator'],
  ])('%s', async (_, path, as) => {
    await inspect(path.replace('SERVICE', samples.service), as)
  })

  test('a forum that is running: its board, as a member sees it, and large for the room', async () => {
    const list = await server.ask('/api/v1/forums?limit=200', { as: 'facilitator' })
    const { items } = (await list.json()) as { items: { id: string; state: string }[] }
    const { id } = items.find(one => one.state === 'ready')!
    const give = (command: object) =>
      server.ask(`/api/v1/forums/${id}/live/commands`, { as: 'facilitator', method: 'POST', json: command })
    await give({ commandId: 'a', expectedRevision: 0, type: 'start' })
    await give({ commandId: 'b', expectedRevision: 1, type: 'next-item' })
    await give({ commandId: 'c', type: 'note', text: 'Nobody owns the default.' })
    await give({ commandId: 'd', type: 'vote-theme', theme: 'change' })
    const asked = await give({ commandId: 'e', type: 'ask', text: 'Was it known before?' })
    expect(asked.status).toBe(200)
    for (const as of ['facilitator', 'member'] as const) await inspect(`/forums/${id}/live`, as)
    await inspect(`/forums/${id}/live?view=room`, 'member')
  })

  test('an address that does not exist', async () => {
    browser.allow(/status of 404/)
    await inspect('/no/such/page', 'member')
    await inspect('/library/no-such-text', 'member')
    await inspect('/no/such/page', 'visitor')
  })

  test('every public incident and every text of the demo reads without a violation', async () => {
    const page = await browser.open('/library', { as: 'member', viewport: NARROW })
    const list = await server.ask('/api/v1/postmortems?limit=200', { as: 'member' })
    const { items } = (await list.json()) as { items: { slug: string }[] }
    expect(items.length).toBeGreaterThan(60)
    for (const { slug } of items.filter((_, index) => index % 6 === 0)) {
      await page.goto(`/library/${slug}`)
      expect((await violations(page)).join('\n'), slug).toBe('')
      expect((await overflow(page)).join('\n'), slug).toBe('')
    }
  })

  test.each([
    ['/themes/new', 'Add the theme'],
    ['/actions/new', 'Add'],
    ['/incidents/new', 'Record the incident'],
    ['/near-misses/new', 'Report it'],
    ['/people/new', 'Add'],
    ['/admin/settings', 'Save'],
    ['/admin/tokens', 'Make the token'],
  ])('the refused form of %s', async (path, button) => {
    browser.allow(/status of 400/)
    const page = await browser.open(path, { as: 'administrator', viewport: NARROW })
    await page.evaluate(() => {
      for (const form of document.querySelectorAll('form')) form.noValidate = true
      for (const input of document.querySelectorAll<HTMLInputElement>('main input:not([type=hidden])'))
        if (input.type !== 'checkbox') input.value = ''
    })
    await page.locator('main').getByRole('button', { name: button }).click()
    await page.getByRole('alert').waitFor()
    expect((await violations(page)).join('\n')).toBe('')
    expect((await overflow(page)).join('\n')).toBe('')
  })

  test('the account menu and the list of keys, open', async () => {
    const page = await browser.open('/library', { as: 'administrator', viewport: NARROW })
    await page.locator('.menu summary').click()
    expect((await violations(page)).join('\n')).toBe('')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('link', { name: 'Your page' }).isVisible(), 'Esc closes the menu').toBe(false)
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect((await violations(page)).join('\n')).toBe('')
  })
})

async function inspect(address: string, as: Asker): Promise<void> {
  const page = await browser.open(address, { as, viewport: WIDE, colorScheme: 'light' })
  const found: string[] = []
  const note = (where: string, lines: string[]) => found.push(...lines.map(line => `${where}: ${line}`))
  for (const one of ['h1', 'main', 'title'])
    if ((await page.locator(`${one}:not(svg *)`).count()) !== 1) found.push(`There is not exactly one ${one}.`)
  if (!(await page.title()).trim()) found.push('The title is empty.')
  note('light, wide', await violations(page))
  note('light, wide', await invisibleFocus(page))
  await page.emulateMedia({ colorScheme: 'dark' })
  note('dark, wide', await violations(page, COLOURS))
  await page.setViewportSize(NARROW)
  note('320 px', await overflow(page))
  note('dark, 320 px', await violations(page))
  await page.emulateMedia({ colorScheme: 'light' })
  note('light, 320 px', await violations(page, COLOURS))
  expect(found.join('\n'), address).toBe('')
}

/** Everything in WCAG 2.2 AA that axe can see, and what it holds for good practice. */
const ALL = { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }
/** What a change of theme can change. */
const COLOURS = { type: 'rule' as const, values: ['color-contrast', 'link-in-text-block'] }

/** What axe finds, in a line each. */
async function violations(page: Page, runOnly: RunOnly = ALL): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async runOnly => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const found = await axe.run(document, { runOnly, resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary?.split('\n')[1]?.trim()}`,
      ),
    )
  }, runOnly)
}

/** Elements that stick out of the window, where nothing around them scrolls. */
function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const out = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > width + 1)
    return [`${document.documentElement.scrollWidth} px`, ...out.slice(-3).map(one => one.outerHTML.slice(0, 160))]
  })
}

/** Elements that look the same with and without the keyboard's focus. */
async function invisibleFocus(page: Page): Promise<string[]> {
  // The browser shows a focus only to those who came by keyboard.
  await page.keyboard.press('Tab')
  return page.evaluate(() => {
    const found: string[] = []
    const look = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return `${outlineStyle === 'none' ? 0 : outlineWidth} ${boxShadow}`
    }
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]',
    )
    for (const one of [...all].slice(0, 120)) {
      if (!one.checkVisibility() || one.matches(':disabled, [type=hidden]')) continue
      one.blur()
      const before = look(one)
      one.focus()
      if (document.activeElement === one && look(one) === before) found.push(one.outerHTML.slice(0, 160))
    }
    return found
  })
}
