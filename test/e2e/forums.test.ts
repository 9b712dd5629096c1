/** The whole way of a forum in a real browser: planned by a series, put in order, ready, closed, read, confirmed. */
import { describe, expect, test } from 'vitest'
import { keepRecord } from '#app/forums/close-forum.server.ts'
import { inTransaction, openDatabase } from '#db/index.server.ts'
import { startBrowser } from '#test/support/browser.ts'
import { EMAILS, startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)('%s', (_, javaScriptEnabled) => {
  test('a facilitator plans a forum, puts its agenda in order, makes it ready, and confirms what it proposed', async () => {
    browser.allow(/status of 400/)
    const page = await browser.open('/forums', { as: 'facilitator', javaScriptEnabled })
    await page.getByRole('link', { name: 'Plan a forum' }).click()
    await page.getByLabel('Title').fill('An extraordinary forum')
    await page.getByLabel('Begins').fill('2031-03-30T15:00')
    await page.getByLabel('On the clocks of').selectOption('Europe/Berlin')
    await page.getByLabel('Co-facilitator’s e-mail').fill('nobody@nowhere.test')
    await page.getByRole('button', { name: 'Plan it' }).click()
    await page.getByText('Nobody here has this address.').first().waitFor()
    expect(await page.getByLabel('Title').inputValue(), 'what was typed survives').toBe('An extraordinary forum')
    await page.getByLabel('Co-facilitator’s e-mail').fill(EMAILS.administrator)
    await page.getByRole('button', { name: 'Plan it' }).click()
    await page.getByRole('heading', { name: 'Plan the agenda' }).waitFor()
    await page.getByText('15:00 CEST').first().waitFor()

    const items = page.getByRole('list', { name: 'Agenda' }).getByRole('heading', { level: 3 })
    await page.getByLabel('Incident or postmortem').fill('INC-131')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect.poll(() => items.count()).toBe(1)
    await page
      .getByRole('button', { name: /^Put it on the agenda/ })
      .first()
      .click()
    await expect.poll(() => items.count()).toBe(2)
    const first = await items.first().textContent()
    await page.getByRole('button', { name: `Later: ${first}` }).click()
    await expect.poll(() => items.last().textContent()).toBe(first)
    await page.getByText('45 of 60 minutes, 15 to spare: room for one more slot of 15').waitFor()

    await page.locator('summary', { hasText: 'Time and presenter' }).first().click()
    await page.getByLabel('Discussion').first().fill('11')
    await page
      .getByRole('button', { name: /^Save time and presenter/ })
      .first()
      .click()
    await page.getByText('together fill slots of 15 minutes').first().waitFor()
    await page.getByLabel('Discussion').first().fill('9')
    await page.getByLabel('Capture').first().fill('3')
    await page
      .getByRole('button', { name: /^Save time and presenter/ })
      .first()
      .click()
    await page.getByText('3 context, 9 discussion, 3 capture').waitFor()
    await page.getByRole('button', { name: 'The agenda is ready' }).click()
    await page.waitForURL(/\/forums\/[\w-]+$/)
    await page.getByText('Ready', { exact: true }).waitFor()
    const id = page.url().split('/').at(-1)!

    const member = await browser.open(`/forums/${id}`, { as: 'member', javaScriptEnabled })
    await member.getByRole('button', { name: 'I have read it' }).click()
    await member.getByText('One person has read it.').waitFor()

    await close(id)
    await page.reload()
    await page.getByText('Nobody watched the queue').waitFor()
    await page.getByRole('link', { name: /^Confirm or drop/ }).click()
    await page.getByLabel('Owner’s e-mail').fill(EMAILS.member)
    await page.getByLabel('Due').fill('2031-05-01')
    await page.getByRole('button', { name: 'Make it an action item' }).click()
    await page.getByText('due 1 May 2031').waitFor()
    await page.getByRole('link', { name: 'The queue pages its owner' }).click()
    await page.getByRole('heading', { level: 1, name: 'The queue pages its owner' }).waitFor()
    const file = await server.ask(`/forums/${id}/record.md`, { as: 'member' })
    expect(await file.text()).toContain('- The queue pages its owner (open, ')
  })

  test('a series is begun, a day left out, and one’s own calendar follows it', async () => {
    browser.allow(/status of 400/)
    const page = await browser.open('/forums/series/new', { as: 'facilitator', javaScriptEnabled })
    await page.getByLabel('Which of the month').selectOption('5')
    await page.getByLabel('And these people').fill(EMAILS.member)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('Most months have no fifth Tuesday.').first().waitFor()
    await page.getByLabel('Which of the month').selectOption('-1')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('The last Tuesday of every month at 15:00').waitFor()
    await page.getByText('one person', { exact: true }).waitFor()
    await page.getByLabel('Why').fill('The office is closed')
    await page.getByRole('button', { name: 'Leave it out' }).click()
    await page.getByText('Left out: The office is closed').waitFor()
    await page.getByRole('button', { name: /^Take it back in/ }).click()
    await expect.poll(() => page.getByText('Left out:').count()).toBe(0)

    await page.goto('/forums/calendar')
    await page.getByRole('button', { name: /^Make an? / }).click()
    const address = await page.locator('code.secret').textContent()
    const feed = await server.ask(new URL(address!).pathname)
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(await feed.text()).toContain('BEGIN:VTIMEZONE')
  })
})

/** As the live board does when it is over. */
async function close(forumId: string): Promise<void> {
  // A handle of this file's own: the built server has another copy of what opens databases.
  const db = openDatabase(`file:${server.dataDir}/candor.db`)
  const [item] = await db.selectFrom('forum_items').select('id').where('forum_id', '=', forumId).execute()
  const proposals = [{ text: 'The queue pages its owner', kind: 'detect', ownerId: null }]
  const notes = [{ phase: 'discussion' as const, text: 'Nobody watched the queue' }]
  const said = { itemId: item!.id, wasDiscussed: true, spentSeconds: 800, notes, factors: [], themes: [], proposals }
  const harvest = { items: [said], patterns: [], proposals: [], parkingLot: [], attended: [] }
  await inTransaction(db, tx => keepRecord(tx, { forumId, harvest, now: Date.now() }))
  await db.destroy()
}
