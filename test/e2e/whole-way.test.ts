/** From a pager's message to a family of incidents, with the keyboard alone. */
import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { startBrowser } from '#test/support/browser.ts'
import { EMAILS, startServer } from '#test/support/server.ts'

const REAL = join(PROJECT_FOLDER, '../shared/data/webhooks/pagerduty-v3-incident.triggered.json')
const SECRET = 'an-invented-secret-of-the-pager'

const server = await startServer()
const browser = await startBrowser(server)

/** Presses Tab until the element has the focus, then types or presses Enter. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let presses = 0; presses < 400; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${target}`)
}

async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

async function write(page: Page, section: string, label: string | null, words: string): Promise<void> {
  const within = page.locator(`section#${section}`)
  await tabTo(page, label ? within.getByLabel(label) : within.getByRole('textbox').first())
  await page.keyboard.type(words)
}

const isSaved = (page: Page, section: string) =>
  page
    .locator(`section#${section} .edit-state`)
    .getByText(/Saved \d\d:\d\d/)
    .waitFor()

/** What was learnt from an incident of the same service a month before. */
async function anEarlierOne(service: string): Promise<string> {
  await server.ask('/api/v1/services', { as: 'administrator', json: { name: service } })
  const made = await server.ask('/api/v1/incidents', {
    as: 'editor',
    json: { title: 'The pager’s service ran out of handles', services: [service], startedAt: '2021-05-01T10:00:00Z' },
  })
  expect(made.status, await made.clone().text()).toBe(201)
  const { key } = (await made.json()) as { key: string }
  const published = await server.ask('/api/v1/postmortems', {
    as: 'editor',
    json: {
      title: 'The pager’s service ran out of handles',
      incidentKey: key,
      status: 'published',
      publishedAt: '2021-05-03T10:00:00Z',
      themes: ['resource-leak'],
      sections: { summary: 'Handles leaked in the relay until no connection could be opened any more.' },
      factors: [{ text: 'The relay never closes handles of dropped connections', themes: ['resource-leak'], whys: [] }],
    },
  })
  expect(published.status, await published.text()).toBe(201)
  return key
}

test.skipIf(!existsSync(REAL))(
  'a real message of PagerDuty becomes an incident, a draft, a reviewed and published postmortem, actions, a family',
  { timeout: 120_000 },
  async () => {
    const body = readFileSync(REAL, 'utf8')
    const { data } = (JSON.parse(body) as { event: { data: { title: string; service: { summary: string } } } }).event
    const earlier = await anEarlierOne(data.service.summary)

    const administrator = await browser.open('/admin/sources', { as: 'administrator' })
    await tabTo(administrator, administrator.getByLabel('Name'))
    await administrator.keyboard.type('Pager')
    await administrator.keyboard.press('Tab')
    await administrator.keyboard.press('Tab')
    await administrator.keyboard.type(SECRET)
    await administrator.keyboard.press('Enter')
    await administrator.getByRole('status').waitFor()
    const signature = `v1=${createHmac('sha256', SECRET).update(body).digest('hex')}`
    const delivered = await server.ask('/hooks/pager', { body, headers: { 'x-pagerduty-signature': signature } })
    expect(delivered.status).toBe(200)

    const writing = await browser.open(`/incidents?service=${data.service.summary}`, { as: 'member' })
    await enter(writing, writing.getByRole('link', { name: data.title }))
    await enter(writing, writing.getByRole('button', { name: 'Begin the postmortem' }))
    await writing.waitForURL(/\/postmortems\/[\w-]+\/edit/)
    const address = new URL(writing.url()).pathname
    await write(writing, 'summary', null, 'Handles leaked in the relay, and no connection could be opened.')
    await isSaved(writing, 'summary')
    await write(writing, 'factors', 'Factor 1', 'The relay keeps handles of dropped connections')
    await enter(writing, writing.locator('section#factors').getByText('Themes of factor 1'))
    await tabTo(writing, writing.locator('section#factors').getByLabel('Resource leak').first())
    await writing.keyboard.press('Space')
    await isSaved(writing, 'factors')
    await write(writing, 'actions', 'What will be true', 'The relay closes a handle within a minute')
    await writing.keyboard.press('Tab')
    await writing.keyboard.type(EMAILS.member)
    await isSaved(writing, 'actions')
    await enter(writing, writing.getByRole('button', { name: 'Send to review' }))
    await writing.getByText('An editor publishes it.').waitFor()

    const editing = await browser.open(address, { as: 'editor' })
    await enter(editing, editing.getByRole('button', { name: 'Publish' }))
    await editing.waitForURL(/\/library\//)
    await enter(editing, editing.getByText('Is it the same failure?').first())
    await tabTo(editing, editing.getByLabel('What keeps coming back').first())
    await editing.keyboard.type('Leaking handles')
    await enter(editing, editing.getByRole('button', { name: `Same failure as ${earlier}` }))
    await enter(editing, editing.getByRole('link', { name: /Leaking handles/ }).first())
    await editing.getByRole('heading', { level: 1, name: 'Leaking handles' }).waitFor()
    const family = await editing.locator('main').textContent()
    expect(family).toContain(data.title)
    expect(family).toContain('The pager’s service ran out of handles')

    const mine = await browser.open('/actions', { as: 'member' })
    await mine.getByText('The relay closes a handle within a minute').first().waitFor()
  },
)
