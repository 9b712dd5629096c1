/** Other programs tell of incidents: a source is set up with the keyboard alone, delivers, and is looked into. */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

const SECRET = 'an-invented-secret-of-the-pager'

function event(type: string, minute: number, more: object = {}) {
  return JSON.stringify({
    event: {
      id: `EV-${type}`,
      event_type: `incident.${type}`,
      occurred_at: `2026-03-04T11:${minute}:00.000Z`,
      data: {
        id: 'QINVENTED',
        type: 'incident',
        title: 'Parcels are not sorted',
        service: { summary: 'Sorting' },
        priority: { summary: 'P2' },
        ...more,
      },
    },
  })
}

const deliver = (body: string, secret = SECRET) =>
  server.ask('/hooks/depot-pager', {
    body,
    method: 'POST',
    headers: { 'x-pagerduty-signature': `v1=${createHmac('sha256', secret).update(body).digest('hex')}` },
  })

test('An administrator adds a source, reads what it delivered, and replays it', async () => {
  const page = await browser.open('/admin/sources', { as: 'administrator' })
  await page.getByLabel('Name').focus()
  await page.keyboard.type('Depot pager')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type(SECRET)
  await page.keyboard.press('Enter')
  await page.getByRole('status').waitFor()
  expect(await page.getByRole('status').textContent()).toContain(`${server.url}/hooks/depot-pager`)
  expect(await page.content()).not.toContain(SECRET)

  expect((await deliver(event('triggered', 10), 'somebody-elses-secret')).status).toBe(401)
  expect((await deliver(event('triggered', 10))).status).toBe(200)
  expect((await deliver(event('triggered', 10))).status).toBe(200)

  await page.getByRole('status').getByRole('link', { name: 'Depot pager' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Deliveries' }).waitFor()
  const rows = page.locator('tbody tr')
  expect(await rows.allInnerTexts()).toEqual([
    expect.stringContaining('came before'),
    expect.stringContaining('recorded'),
  ])

  await rows.nth(1).getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'A delivery' }).waitFor()
  expect(await page.locator('pre').textContent()).toContain('Parcels are not sorted')
  await page.getByRole('button', { name: 'Replay' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Changed nothing').waitFor()

  await page.getByRole('link', { name: /Parcels are not sorted/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /Parcels are not sorted/ }).waitFor()
  expect(await page.locator('main').textContent()).toContain('SEV-2')
})

test('A secret that Candor makes is shown once, without JavaScript too', async () => {
  const page = await browser.open('/admin/sources', { as: 'administrator', javaScriptEnabled: false })
  await page.getByLabel('Name').fill('Parcels status')
  await page.getByLabel('Kind').selectOption('statuspage')
  await page.getByRole('button', { name: 'Add the source' }).click()
  const address = (await page.locator('.notice code').textContent())!
  const { pathname, search } = new URL(address)
  expect((await server.ask(pathname + search, { body: '{"component_update": {}}' })).status).toBe(200)
  expect((await server.ask(pathname, { body: '{"component_update": {}}' })).status).toBe(401)
  const secret = new URLSearchParams(search).get('secret')!
  await page.goto('/admin/sources/parcels-status')
  expect(await page.content()).not.toContain(secret)
  await page.goto('/admin/audit')
  expect(await page.content()).not.toContain(secret)
})

test('What is too large is refused, and the connection goes on', async () => {
  const answer = await server.ask('/hooks/depot-pager', { body: new Uint8Array(2 * 1024 * 1024 + 1) })
  expect(answer.status).toBe(413)
  expect((await deliver(event('acknowledged', 12))).status).toBe(200)
})
