/** Writing a postmortem with the keyboard alone: from an incident to publication, two at once, without a network. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { type Started, start } from '#test/support/command.ts'
import { type Asker, EMAILS, signIn, startServer, type TestServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

/** Presses Tab, or Shift and Tab, until the element has the focus. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let presses = 0; presses < 400; presses++) {
    if (await target.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`The keyboard does not reach ${target}`)
}

const section = (page: Page, id: string) => page.locator(`section#${id}`)
const state = (page: Page, id: string) => section(page, id).locator('.edit-state')

async function isSaved(page: Page, id: string): Promise<void> {
  await state(page, id)
    .getByText(/Saved \d\d:\d\d/)
    .waitFor()
}

async function writeText(page: Page, id: string, words: string): Promise<void> {
  await tabTo(page, section(page, id).getByRole('textbox').first())
  await page.keyboard.type(words)
}

/** A draft of the member, begun from an incident that is recorded for it. @returns the editor's address. */
async function beginDraft(title: string, facts: Record<string, unknown> = {}): Promise<string> {
  const made = await server.ask('/api/v1/incidents', { as: 'member', json: { title, severity: 'SEV-2', ...facts } })
  expect(made.status).toBe(201)
  const { key } = (await made.json()) as { key: string }
  const begun = await server.ask(`/incidents/${key}/postmortem`, { as: 'member', form: {} })
  return begun.headers.get('location') ?? ''
}

async function recordAt(address: string, as: Asker = 'editor') {
  const slug = await slugOf(address)
  return (await (await server.ask(`/api/v1/postmortems/${slug}`, { as })).json()) as {
    status: string
    sections: Record<string, string>
    timeline: { text: string }[]
    factors: { text: string; whys: { text: string; whys: { text: string }[] }[] }[]
    actions: { title: string; owner: string; dueOn: string }[]
  }
}

async function slugOf(address: string): Promise<string> {
  const page = await (await server.ask(address, { as: 'editor' })).text()
  return /href="\/library\/([\w-]+)"/.exec(page)?.[1] ?? ''
}

test('a postmortem goes from an incident to publication without touching the mouse', async () => {
  const made = await server.ask('/api/v1/incidents', {
    as: 'member',
    json: {
      title: 'Baskets were slow to open',
      severity: 'SEV-2',
      startedAt: new Date(Date.now() - 5 * 3_600_000).toISOString(),
      detectedAt: new Date(Date.now() - 4 * 3_600_000).toISOString(),
      resolvedAt: new Date(Date.now() - 3_600_000).toISOString(),
    },
  })
  const { key } = (await made.json()) as { key: string }
  const page = await browser.open(`/incidents/${key}`, { as: 'member' })
  await tabTo(page, page.getByRole('button', { name: 'Begin the postmortem' }))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Write the postmortem' }).waitFor()
  await page.waitForURL(/\/postmortems\/[\w-]+\/edit/)
  const address = new URL(page.url()).pathname
  await page.getByText('47 of 48 hours left').or(page.getByText('46 of 48 hours left')).waitFor()
  await page.getByText('5 of 6 still missing').waitFor()
  await page.locator('.gap-line', { hasText: '60 min from start to detection' }).waitFor()

  await writeText(page, 'summary', 'The engineer should have checked the pool.')
  await section(page, 'summary').getByText('What did it look like from inside').waitFor()
  await isSaved(page, 'summary')
  await writeText(page, 'impact', ' Members, some 300 of them, for four hours.')
  const times = section(page, 'timeline').getByLabel('Time')
  await tabTo(page, times.last())
  await page.keyboard.type('2026-08-14 13:45 UTC')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Diagnosed')
  await page.keyboard.press('Tab')
  await page.keyboard.type('The pool was found empty.')

  const factors = section(page, 'factors')
  await tabTo(page, factors.getByLabel('Factor 1'))
  await page.keyboard.type('A time-out longer than the queue is deep')
  await tabTo(page, factors.getByRole('button', { name: 'Ask why' }).first())
  await page.keyboard.press('Enter')
  await page.keyboard.type('It was set before there was a queue')
  await tabTo(page, factors.getByRole('button', { name: 'Ask why below answer 1' }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('Nobody owned the setting')
  await tabTo(page, factors.getByRole('button', { name: 'Another reason beside answer 1' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.type('No alert watches it')
  await tabTo(page, factors.getByRole('button', { name: 'Add a factor' }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('A retry without a pause')
  await isSaved(page, 'factors')

  await writeText(page, 'prevention', 'The time-out follows from the queue.')
  await writeText(page, 'detection', 'The pool is watched in every service.')
  await isSaved(page, 'detection')
  const actions = section(page, 'actions')
  await tabTo(page, actions.getByLabel('What will be true'))
  await page.keyboard.type('A page goes out at 80 % of the pool')
  await page.keyboard.press('Tab')
  await page.keyboard.type(EMAILS.member)
  await page.keyboard.press('Tab')
  // The same in either order of day and month.
  await page.keyboard.type('12122031')
  await isSaved(page, 'actions')
  await isSaved(page, 'timeline')
  await page.getByText('Everything is there.').waitFor()

  const written = await recordAt(address)
  expect(written.sections.summary).toBe('The engineer should have checked the pool.')
  expect(written.timeline.at(-1)).toMatchObject({ text: 'The pool was found empty.', marker: 'diagnosis' })
  expect(written.factors).toEqual([
    {
      text: 'A time-out longer than the queue is deep',
      themes: [],
      whys: [
        { text: 'It was set before there was a queue', whys: [{ text: 'Nobody owned the setting', whys: [] }] },
        { text: 'No alert watches it', whys: [] },
      ],
    },
    { text: 'A retry without a pause', themes: [], whys: [] },
  ])
  expect(written.actions).toMatchObject([{ owner: EMAILS.member, dueOn: '2031-12-12' }])

  await tabTo(page, page.getByRole('button', { name: 'Send to review' }))
  await page.keyboard.press('Enter')
  await page.getByText('An editor publishes it.').waitFor()
  expect((await server.ask(address, { as: 'facilitator' })).status).toBe(404)

  const editing = await browser.open(address, { as: 'editor' })
  await tabTo(editing, editing.getByRole('button', { name: 'Publish' }))
  await editing.keyboard.press('Enter')
  await editing.waitForURL(/\/library\/baskets-were-slow-to-open/)
  await editing.getByRole('heading', { name: 'Baskets were slow to open', level: 1 }).waitFor()
  expect((await recordAt(address)).status).toBe('published')
  expect((await server.ask(address, { as: 'member' })).status).toBe(404)
})

test('two people in two browsers write the same section, and no line is lost', async () => {
  const address = await beginDraft('Written by two')
  const [one, other] = await Promise.all([
    browser.open(address, { as: 'member' }),
    browser.open(address, { as: 'editor' }),
  ])
  const write = async (page: Page, mark: string) => {
    await tabTo(page, section(page, 'lessons').getByRole('textbox').first())
    for (let n = 0; n < 6; n++) {
      await page.keyboard.type(`${n === 0 ? '' : '\n'}${mark} line ${n}`, { delay: 20 })
      if (n % 2) await isSaved(page, 'lessons')
    }
    await isSaved(page, 'lessons')
  }
  await Promise.all([write(one, 'Ada’s'), write(other, 'Ben’s')])
  const lines = ((await recordAt(address)).sections.lessons ?? '').split('\n')
  for (const mark of ['Ada’s', 'Ben’s'])
    expect(lines.filter(line => line.startsWith(mark))).toEqual([0, 1, 2, 3, 4, 5].map(n => `${mark} line ${n}`))
})

test('two versions of one line stand side by side, and the writer chooses', async () => {
  browser.allow(/status of 409/)
  const address = await beginDraft('One line, two versions')
  const [one, other] = await Promise.all([
    browser.open(address, { as: 'member' }),
    browser.open(address, { as: 'editor' }),
  ])
  await writeText(one, 'lucky', 'It was a quiet hour')
  await isSaved(one, 'lucky')
  await other.reload()
  await writeText(one, 'lucky', ', a Sunday')
  await isSaved(one, 'lucky')
  await other.waitForFunction(() =>
    Object.keys(document.querySelector('main') ?? {}).some(key => key.startsWith('__reactProps')),
  )
  await tabTo(other, section(other, 'lucky').getByRole('textbox').first())
  await other.keyboard.press('Control+End')
  await other.keyboard.type(', at night')
  const theirs = section(other, 'lucky').getByRole('region', { name: 'The version that was saved meanwhile' })
  await theirs.getByText('It was a quiet hour, a Sunday').waitFor()
  await tabTo(other, theirs.getByRole('button', { name: 'Keep both' }), 'Shift+Tab')
  await other.keyboard.press('Enter')
  await isSaved(other, 'lucky')
  expect((await recordAt(address)).sections.lucky).toBe(
    'It was a quiet hour, a Sunday\n\nIt was a quiet hour, at night',
  )
})

/** The browser's own words, and those of the framework, which looks ahead for the routes that links lead to. */
const OFFLINE = /ERR_INTERNET_DISCONNECTED|Failed to fetch manifest patches/

describe('without a network', () => {
  test('what is typed is kept in the browser, and sent when the network is back', async () => {
    browser.allow(OFFLINE)
    const address = await beginDraft('Written in a tunnel')
    const page = await browser.open(address, { as: 'member' })
    await page.context().setOffline(true)
    await writeText(page, 'wentWell', 'The tunnel had an end')
    await state(page, 'wentWell').getByText('Not saved, kept in this browser').waitFor()
    await page.context().setOffline(false)
    await isSaved(page, 'wentWell')
    expect((await recordAt(address)).sections.wentWell).toBe('The tunnel had an end')
  })

  test('what was typed is offered again to who comes back, and merged with what came since', async () => {
    browser.allow(OFFLINE)
    const address = await beginDraft('Closed in a tunnel')
    const page = await browser.open(address, { as: 'member' })
    await page.context().setOffline(true)
    await writeText(page, 'wentWell', 'Typed in the tunnel')
    await state(page, 'wentWell').getByText('Not saved, kept in this browser').waitFor()
    const again = await page.context().newPage()
    await page.close()
    await again.context().setOffline(false)
    const elsewhere = await browser.open(address, { as: 'editor' })
    await writeText(elsewhere, 'wentWell', 'Typed elsewhere')
    await isSaved(elsewhere, 'wentWell')

    await again.goto(address)
    const offer = section(again, 'wentWell').getByRole('region', { name: 'What was not saved' })
    await offer.getByText('Typed in the tunnel').waitFor()
    await tabTo(again, offer.getByRole('button', { name: 'Put it back' }))
    await again.keyboard.press('Enter')
    await isSaved(again, 'wentWell')
    expect((await recordAt(address)).sections.wentWell).toBe('Typed elsewhere\nTyped in the tunnel')
    expect(await offer.count()).toBe(0)
  })
})

test('a section is written, a row added and taken away without JavaScript', async () => {
  const address = await beginDraft('Without scripts')
  const page = await browser.open(address, { as: 'member', javaScriptEnabled: false })
  const factors = section(page, 'factors')
  await tabTo(page, factors.getByLabel('Factor 1'))
  await page.keyboard.type('It was human error')
  await tabTo(page, factors.getByRole('button', { name: 'Ask why' }).first())
  await page.keyboard.press('Enter')
  await page.waitForURL(/blank=why/)
  await factors.getByText('What made this easy to get wrong').waitFor()
  await tabTo(page, factors.getByLabel('Why? Answer 1'))
  await page.keyboard.type('Two names differ by a letter')
  await tabTo(page, factors.getByLabel('Factor 2'))
  await page.keyboard.type('A second one')
  await tabTo(page, factors.getByRole('button', { name: 'Add a factor' }))
  await page.keyboard.press('Enter')
  await factors.getByLabel('Factor 3').waitFor()
  expect((await recordAt(address)).factors).toEqual([
    { text: 'It was human error', themes: [], whys: [{ text: 'Two names differ by a letter', whys: [] }] },
    { text: 'A second one', themes: [], whys: [] },
  ])
  await tabTo(page, factors.getByRole('button', { name: 'Remove factor 1' }))
  await page.keyboard.press('Enter')
  await factors.getByLabel('Factor 3').waitFor({ state: 'detached' })
  expect((await recordAt(address)).factors.map(factor => factor.text)).toEqual(['A second one'])
})

describe('a server that is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-killed-'))
  const begun: Started[] = []
  afterAll(async () => {
    for (const one of begun) {
      one.process.kill('SIGKILL')
      await one.finished
    }
    rmSync(folder, { recursive: true, force: true })
  })
  const begin = async (): Promise<string> => {
    const one = start('demo.ts', [], { DATA_DIR: folder, PORT: '0' })
    begun.push(one)
    const [, url = ''] = await one.says(/Candor is ready at (http:\/\/localhost:\d+)/)
    return url
  }

  test('has kept all that was shown as saved', { timeout: 120_000 }, async () => {
    copyFileSync(inject('demoDatabase'), join(folder, 'demo.db'))
    const url = await begin()
    const cookie = await signIn(url, EMAILS.member, 'candor-demo')
    const made = await fetch(`${url}/postmortems/new`, {
      method: 'POST',
      headers: { cookie, origin: url },
      body: new URLSearchParams({ title: 'Killed in the middle' }),
      redirect: 'manual',
    })
    const address = made.headers.get('location') ?? ''
    const own = await startBrowser({ url } as TestServer)
    own.allow(/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_SOCKET/)
    const page = await own.open(address, { as: 'member' })
    let shown = ''
    await tabTo(page, section(page, 'summary').getByRole('textbox').first())
    for (const words of ['First words. ', 'More words. ', 'The last words that were saved.']) {
      await page.keyboard.type(words)
      shown += words
      await isSaved(page, 'summary')
    }
    begun[0]?.process.kill('SIGKILL')
    await begun[0]?.finished
    await page.keyboard.type(' And some that were not.')
    await state(page, 'summary').getByText('Not saved, kept in this browser').waitFor()

    const again = await begin()
    const answer = await fetch(`${again}/api/v1/postmortems/killed-in-the-middle`, { headers: { cookie } })
    expect(((await answer.json()) as { sections: { summary: string } }).sections.summary).toBe(shown)
  })
})
