/** Action items and families followed through in a real browser, with and without JavaScript; the mail and its link. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createJobs } from '#app/platform/jobs.server.ts'
import { actionJobs } from '#app/postmortems/mail-actions.server.ts'
import { startBrowser } from '#test/support/browser.ts'
import { EMAILS, startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

const DAY_MS = 86_400_000

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)('%s', (_, javaScriptEnabled) => {
  const suffix = javaScriptEnabled ? 'Alpha' : 'Beta'

  test('a member writes down an action item, is asked how one would tell, rewords it, postpones it with a reason and does it', async () => {
    browser.allow(/status of 400/)
    const page = await browser.open('/actions', { as: 'member', javaScriptEnabled })
    await page.getByRole('link', { name: 'Add an action item' }).click()
    await page.getByLabel('What will be true').fill('Improve monitoring')
    await page.getByLabel('Due').fill('2031-03-01')
    await page.getByLabel('Incident').fill('INC-161')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByText('how would one tell that it is done?').waitFor()
    await page.getByLabel('What will be true').fill(`A stuck queue pages its owner within 5 minutes ${suffix}`)
    await page.getByRole('button', { name: 'Save' }).last().click()
    await page.getByRole('heading', { level: 1, name: `pages its owner within 5 minutes ${suffix}` }).waitFor()
    expect(await page.getByText('how would one tell').count()).toBe(0)

    await page.getByLabel('Due').fill('2031-05-01')
    await page.getByRole('button', { name: 'Save' }).first().click()
    await page.getByRole('alert').waitFor()
    expect(await page.locator('#field-dueOn').inputValue(), 'what was typed survives').toBe('2031-05-01')
    await page.locator('#field-why').fill('The probe comes with the next release.')
    await page.getByRole('button', { name: 'Save' }).first().click()
    await page.getByText('postponed it from 1 Mar 2031 to 1 May 2031').waitFor()

    await page.locator('#field-state').selectOption('done')
    await page.locator('#field-effortDays').fill('1.5')
    await page.getByRole('button', { name: 'Save' }).first().click()
    await page.getByText('said that it is done and noted that it took 1.5 days').waitFor()

    await page.goto('/actions?owner=me&state=done')
    await page.getByRole('link', { name: `within 5 minutes ${suffix}` }).waitFor()
  })

  test('an editor follows the front page to a repeat, sees what was promised and notes the senior review', async () => {
    browser.allow(/status of 400/)
    const page = await browser.open('/', { as: 'editor', javaScriptEnabled })
    await page.getByRole('listitem').filter({ hasText: 'senior review' }).getByRole('link').first().click()
    await page.waitForURL(/\/families\//)
    const waiting = page
      .locator('li', { has: page.locator('summary', { hasText: 'Waits for a senior review' }) })
      .last()
    await waiting.getByRole('heading', { name: 'Promised', exact: true }).waitFor()
    await waiting.locator('summary').click()
    await waiting.getByRole('button', { name: 'Note the review' }).click()
    await page.getByText('Write what came of the review.').first().waitFor()
    await page.getByLabel('What came of it').last().fill(`It gets a team and a quarter ${suffix}.`)
    await page.getByRole('button', { name: 'Note the review' }).last().click()
    await page.getByText(`It gets a team and a quarter ${suffix}.`).waitFor()
  })

  test('an editor splits a family and takes it back', async () => {
    const page = await browser.open('/families/certificate-expiry', { as: 'editor', javaScriptEnabled })
    const before = await page.locator('.family-line > li').count()
    await page.locator('summary', { hasText: 'Some of these are another failure' }).click()
    await page.getByRole('checkbox').last().check()
    await page.getByLabel('What keeps coming back in those').fill(`Something else ${suffix}`)
    await page.getByRole('button', { name: 'Split them off' }).click()
    await page.getByRole('heading', { level: 1, name: `Something else ${suffix}` }).waitFor()
    await page.goto('/families/certificate-expiry')
    expect(await page.locator('.family-line > li').count()).toBe(before - 1)
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await page.getByText('Undone.', { exact: true }).waitFor()
    expect(await page.locator('.family-line > li').count()).toBe(before)
  })
})

test('the weekly mail’s link shows the item to whoever holds it, and changes it once', async () => {
  browser.allow(/status of 410/)
  const { site } = server.running
  const monday = nextMonday(Date.now())
  const clock = { now: () => monday }
  const jobs = createJobs({ db: site.db, clock, log: site.log }, actionJobs({ ...site, clock, origin: server.url }))
  await jobs.tick()
  await jobs.tick()
  const folder = join(server.dataDir, 'mail')
  const mails = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
  const own = mails.filter(mail => mail.includes(`To: ${EMAILS.member}`) && mail.includes('these are your open'))
  expect(own).toHaveLength(1)
  const body = own[0]!.replace(/=\n/g, '').replace(/=3D/g, '=')
  const address = /\/actions\/update\/[\w-]{43}/.exec(body)?.[0] ?? ''

  // Whatever looks at links in mails asks for them, often twice.
  for (const method of ['GET', 'HEAD', 'GET']) expect((await server.ask(address, { method })).status).toBe(200)
  const page = await browser.open(address)
  const title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  expect(body.replace(/\s+/g, ' ')).toContain(title)
  await page.getByRole('button', { name: 'It is done' }).click()
  await page.getByRole('heading', { name: 'Noted' }).waitFor()
  expect((await server.ask(address)).status).toBe(410)
  expect((await server.ask(address, { form: { intent: 'in progress' } })).status).toBe(410)

  const list = await browser.open('/actions?owner=me&state=done', { as: 'member' })
  await list.getByRole('link', { name: title }).click()
  await list.getByText('said that it is done').waitFor()
})

function nextMonday(now: number): number {
  const day = new Date(now).getUTCDay() || 7
  return Math.floor(now / DAY_MS) * DAY_MS + (8 - day) * DAY_MS + 12 * 3_600_000
}
