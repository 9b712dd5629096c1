/** A whole forum at its board: three people, three items, by keyboard alone, in a few minutes of a server's own clock. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { mailRecords } from '#app/forums/mail-forums.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import { createMailer } from '#app/platform/mail.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { startBrowser } from '#test/support/browser.ts'
import { EMAILS, startServer } from '#test/support/server.ts'

let ahead = 0
const server = await startServer({ clock: { now: () => Date.now() + ahead } })
const browser = await startBrowser(server)

async function readyForum(): Promise<string> {
  const { items } = await (await server.ask('/api/v1/forums?limit=200', { as: 'facilitator' })).json()
  return items.find((one: { state: string }) => one.state === 'ready').id
}

function minutesPass(minutes: number): void {
  ahead += minutes * 60_000
}

const says = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()

/** Presses a single key where nobody types. */
async function press(page: Page, key: string): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press(key)
}

/** Comes to a control as the keyboard does, and presses it. */
async function enter(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  const control = page.getByRole(role, { name }).first()
  await control.focus()
  await page.keyboard.press('Enter')
}

async function open(page: Page, summary: string): Promise<void> {
  await page.locator('summary', { hasText: summary }).first().focus()
  await page.keyboard.press('Enter')
}

test('three people run a forum of three items by keyboard, hand it over, and leave its record', async () => {
  // The next key may come before the page has been loaded anew for the one before: the board is ahead of it.
  browser.allow(/AbortError: signal is aborted/)
  const id = await readyForum()
  const address = `/forums/${id}/live`
  const facilitator = await browser.open(address, { as: 'facilitator' })
  const member = await browser.open(address, { as: 'member' })
  const administrator = await browser.open(address, { as: 'administrator' })
  const everybody = [facilitator, member, administrator]
  const everywhere = (see: (page: Page) => Promise<unknown>) => Promise.all(everybody.map(see))
  const phaseIs = (phase: string) => everywhere(page => page.locator('.eyebrow', { hasText: phase }).waitFor())
  const entry = (page: Page, place: number) => page.locator('.live-agenda > li').nth(place)
  await everywhere(page => says(page, 'in step with the server'))
  await everywhere(page => says(page, '3 here'))
  expect(await member.getByRole('button', { name: 'Begin the forum' }).count()).toBe(0)

  await enter(facilitator, 'Begin the forum')
  await everywhere(page => says(page, 'Ask what and how'))
  const titles = await facilitator.locator('.live-agenda > li bdi').allTextContents()
  const [, first, second, third] = titles as [string, string, string, string]
  await facilitator.locator(`summary[aria-label="Change: ${second}"]`).focus()
  await facilitator.keyboard.press('Enter')
  await enter(facilitator, `Later: ${second}`)
  await everywhere(page => entry(page, 2).getByText(third).waitFor())

  await press(facilitator, 'n')
  await phaseIs('Context')
  await everywhere(page => says(page, first))
  minutesPass(3)
  await press(facilitator, 'n')
  await phaseIs('Discussion')

  await press(member, 'w')
  await member.keyboard.type('Nobody owns the default.')
  await administrator.getByText('being written').waitFor()
  await administrator.locator('[data-note] bdi', { hasText: 'Nobody owns the default.' }).waitFor()
  await member.keyboard.press('Control+Enter')
  await expect.poll(() => member.getByLabel('Note', { exact: true }).inputValue()).toBe('')
  await member.keyboard.press('Escape')
  await press(member, '1')
  await administrator.locator('[data-note] small', { hasText: 'factor' }).waitFor()
  expect(await administrator.locator('[data-note]').count(), 'a draft and its end are one note').toBe(1)
  await press(member, 'w')
  await member.keyboard.type('One retry budget')
  await member.keyboard.press('Control+Enter')
  await administrator.locator('[data-note]', { hasText: 'One retry budget' }).waitFor()
  await member.keyboard.press('Escape')
  await member.locator('[data-note]', { hasText: 'One retry budget' }).waitFor()
  await press(member, '3')
  await administrator.getByRole('heading', { name: 'Proposed actions' }).waitFor()

  await press(member, 'v')
  await member.keyboard.press('Tab')
  await member.keyboard.press('Enter')
  await facilitator.getByRole('button', { name: /: 1 vote\./ }).waitFor()
  await press(administrator, 'q')
  await administrator.keyboard.type('Was the alert switched off?')
  await administrator.keyboard.press('Tab')
  await administrator.keyboard.press('Enter')
  await says(facilitator, 'Was the alert switched off?')
  expect(await member.getByText('Was the alert switched off?').count()).toBe(0)
  await press(facilitator, 'r')
  await facilitator.getByText('Was the alert switched off?').waitFor({ state: 'detached' })

  minutesPass(10)
  await press(facilitator, 'n')
  await phaseIs('Capture')
  minutesPass(2)
  await press(facilitator, 'n')
  await phaseIs('Context')
  await press(facilitator, 's')
  await everywhere(page => page.locator('.live-item', { hasText: second }).waitFor())
  await enter(facilitator, `Bring back: ${third}`)
  await everywhere(page => entry(page, 3).getByText(third).waitFor())

  await open(facilitator, 'More:')
  const heir = await administrator.locator('.menu summary .visually-hidden').textContent()
  await facilitator
    .getByLabel('Hand over to')
    .selectOption({ label: heir!.replace('Account menu of ', '').replace(': ', '').trim() })
  await enter(facilitator, 'Offer it')
  await administrator.getByRole('button', { name: 'Take over facilitating' }).waitFor()
  await press(administrator, 'y')
  await says(administrator, 'you are facilitating')
  await facilitator.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached' })

  minutesPass(4)
  await press(administrator, 'i')
  await everywhere(page => page.locator('.live-item', { hasText: third }).waitFor())
  await press(administrator, '?')
  await administrator.getByRole('dialog', { name: 'Keys of this board' }).waitFor()
  await administrator.keyboard.press('Escape')
  minutesPass(4)
  await press(administrator, 'i')
  await phaseIs('Patterns')
  await press(administrator, 'f')
  await enter(administrator, 'Finish the forum')
  await everywhere(page => says(page, 'This forum is over.'))
  await enter(member, 'Read its record', 'link')
  await says(member, '3 people attended.')
  const record = await (await server.ask(`/forums/${id}/record.md`, { as: 'member' })).text()
  expect(record).toContain('Nobody owns the default.')
  expect(record).toContain('One retry budget')
  expect(record.indexOf(second), 'the order in which they were discussed').toBeGreaterThan(record.indexOf(first))

  const mails = await mailsOfRecord(id)
  const recipients = mails.map(mail => /^To: (.*)$/m.exec(mail)?.[1])
  expect(recipients.sort()).toEqual([EMAILS.administrator, EMAILS.facilitator, EMAILS.member].sort())
  for (const mail of mails) {
    expect(mail).toMatch(/^Subject: Record: /m)
    expect(mail).toContain('Nobody owns the default.')
  }
  const appointment = (await feedOf(facilitator)).split('BEGIN:VEVENT').find(one => one.includes(id))
  expect(appointment).toContain('STATUS:CONFIRMED')
  expect(appointment).toContain('DTSTART;TZID=')

  await facilitator.goto(`/forums/${id}`)
  await enter(facilitator, /^Confirm or drop/, 'link')
  await facilitator.getByLabel('Owner’s e-mail').fill(EMAILS.member)
  await facilitator.getByLabel('Due').fill('2031-05-01')
  await enter(facilitator, 'Make it an action item')
  await says(facilitator, 'due 1 May 2031')
  const actions = await (await server.ask('/api/v1/action-items?limit=200', { as: 'member' })).json()
  expect(actions.items.find((one: { title: string }) => one.title === 'One retry budget')).toMatchObject({
    state: 'open',
    dueOn: '2031-05-01',
  })
})

/** The mails that go out once the forum is closed, as files. */
async function mailsOfRecord(forumId: string): Promise<string[]> {
  const folder = join(server.dataDir, 'mails-of-record')
  const mailer = createMailer({ smtpUrl: null, folder, from: 'candor@demo.candor.test' })
  // A handle of this file's own: the built server has another copy of what opens databases.
  const db = openDatabase(`file:${server.dataDir}/candor.db`)
  const clock = { now: () => Date.now() + ahead }
  const once = async (_: string, work: () => Promise<void>) => {
    await work()
    return true
  }
  await mailRecords({ db, clock, mailer, log: createLog('silent'), origin: server.url }, { slot: forumId, once })
  await db.destroy()
  return readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
}

/** What somebody's own calendar is told. */
async function feedOf(page: Page): Promise<string> {
  await page.goto('/forums/calendar')
  await enter(page, /^Make an? /)
  const address = await page.locator('code.secret').textContent()
  return (await server.ask(new URL(address!).pathname)).text()
}

test('without a script the board is a page of forms, and an edit that comes too late keeps what was typed', async () => {
  browser.allow(/status of 409/)
  const made = await server.ask('/api/v1/forums', {
    as: 'facilitator',
    json: {
      title: 'A forum by forms alone',
      startsAt: '2031-03-30T13:00:00Z',
      timeZone: 'Europe/Berlin',
      facilitator: 'facilitator@demo.candor.test',
      items: ['INC-131', 'INC-142'],
    },
  })
  expect(made.status, await made.clone().text()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const page = await browser.open(`/forums/${id}/live`, { as: 'facilitator', javaScriptEnabled: false })
  await page.getByRole('button', { name: 'Begin the forum' }).click()
  await page.getByRole('button', { name: 'Next item' }).click()
  await page.locator('.eyebrow', { hasText: 'Context' }).waitFor()
  await page.locator('summary', { hasText: 'Change' }).first().click()
  await page
    .getByLabel(/^Context, minutes/)
    .first()
    .fill('5')
  await page
    .getByRole('button', { name: /^Set the minutes/ })
    .first()
    .click()
  await page.locator('.phases', { hasText: 'Context 5' }).waitFor()
  await page.getByLabel('Note', { exact: true }).fill('The pool ran dry')
  await page.getByRole('button', { name: 'Note it' }).click()
  await page.locator('[data-note]', { hasText: 'The pool ran dry' }).waitFor()
  const { capture } = await (await server.ask(`/api/v1/forums/${id}/live/state`, { as: 'facilitator' })).json()
  const [note] = capture.notes
  await page.locator('[data-note] summary').click()
  await page.getByLabel('The note', { exact: true }).fill('The pool ran dry at two')
  const other = { commandId: 'other', type: 'note', note: note.id, version: note.version, text: 'The pool was full' }
  await server.ask(`/api/v1/forums/${id}/live/commands`, { as: 'facilitator', method: 'POST', json: other })
  await page.getByRole('button', { name: 'Save' }).click()
  await says(page, 'This note has changed since you read it.')
  expect(await page.getByLabel('The note', { exact: true }).inputValue()).toBe('The pool ran dry at two')
  await page.getByText('It now says: The pool was full').waitFor()
  await page.getByRole('button', { name: 'Show my initials: off' }).click()
  await page.getByText('you are only counted').waitFor()
})
