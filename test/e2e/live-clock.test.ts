/** One clock for everybody: over a bad link, after sleep, after a change of the machine's clock, and in many tabs. */
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { PHASE_NAMES } from '#app/forums/live-board.ts'
import type { Phase } from '#app/forums/live-clock.ts'
import { startBrowser } from '#test/support/browser.ts'
import { type Asker, startServer } from '#test/support/server.ts'
import { slowLink } from '#test/support/slow-link.ts'

const server = await startServer()
const browser = await startBrowser(server)
const link = await slowLink(server.port, 150)
/** For what comes over the bad link, on a machine that is busy as well. */
const PATIENCE_MS = 60_000
let address = ''
let forum = ''
let commands = 0

/** @returns the name of the phase that the forum is in after it. */
async function command(type: string): Promise<string> {
  const { revision } = await (await server.ask(`/api/v1/forums/${forum}/live/state`, { as: 'facilitator' })).json()
  const json = { type, commandId: `clock-${++commands}`, expectedRevision: revision }
  const answer = await server.ask(`/api/v1/forums/${forum}/live/commands`, { as: 'facilitator', json })
  expect(answer.status).toBe(200)
  return PHASE_NAMES[((await answer.json()) as { phase: Phase }).phase]
}

beforeAll(async () => {
  const { items } = await (await server.ask('/api/v1/forums?limit=200', { as: 'facilitator' })).json()
  forum = items.find((one: { state: string }) => one.state === 'ready').id
  address = `/forums/${forum}/live`
  await command('start')
})

/** A page whose clocks can be moved, and which writes down when the board's clock changes by a clock that cannot. */
async function watched(as: Asker, baseURL: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.context({ as, baseURL })
  await context.addInitScript(() => {
    const steady = performance.now.bind(performance)
    const wall = Date.now.bind(Date)
    const world = window as unknown as World
    Object.assign(world, { asleepMs: 0, setAheadMs: 0, changes: [] })
    performance.now = () => steady() - world.asleepMs
    Date.now = () => wall() + world.setAheadMs
    let shown = ''
    new MutationObserver(() => {
      const now = document.querySelector('[role=timer]')?.textContent ?? ''
      if (now !== shown) world.changes.push([now, performance.timeOrigin + steady()])
      shown = now
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  const page = await context.newPage()
  await page.goto(address)
  await page.getByText('in step with the server').waitFor({ timeout: PATIENCE_MS })
  return { page, context }
}

interface World {
  asleepMs: number
  setAheadMs: number
  changes: [string, number][]
}

/** How far apart two pages showed the same seconds, in the middle of the latest five; null while there are fewer. */
async function apart(one: Page, other: Page): Promise<number> {
  const [changes, others] = await Promise.all(
    [one, other].map(page => page.evaluate(() => (window as unknown as World).changes)),
  )
  const at = new Map(changes)
  const differences = others!.slice(-5).flatMap(([text, time]) => {
    const same = at.get(text)
    return same === undefined ? [] : [Math.abs(time - same)]
  })
  return differences.length < 5 ? Number.POSITIVE_INFINITY : (differences.sort((a, b) => a - b)[2] as number)
}

test('two browsers show the same second, over a bad link, after sleep, and whatever their machine’s clock says', async () => {
  browser.allow(/Failed to load resource|ERR_/)
  const near = await watched('member', server.url)
  const far = await watched('editor', link.url)
  const agree = async (when: string) => {
    // What was shown before does not count.
    for (const { page } of [near, far]) await page.evaluate(() => void (window as unknown as World).changes.splice(0))
    await expect
      .poll(() => apart(near.page, far.page), { timeout: PATIENCE_MS, interval: 500, message: when })
      .toBeLessThan(100)
  }
  try {
    await agree('over a bad link')
    await far.page.evaluate(() => {
      ;(window as unknown as World).setAheadMs = 3_600_000
    })
    await agree('after the clock was set ahead an hour')
    const chrome = await far.context.newCDPSession(far.page)
    await chrome.send('Page.setWebLifecycleState', { state: 'frozen' })
    link.cut()
    const phase = await command('next-phase')
    await near.page.locator('.board .eyebrow', { hasText: phase }).waitFor()
    await chrome.send('Page.setWebLifecycleState', { state: 'active' })
    await far.page.locator('.board .eyebrow', { hasText: phase }).waitFor({ timeout: PATIENCE_MS })
    await agree('after the page was frozen and its connections cut')
    await far.page.evaluate(() => {
      ;(window as unknown as World).asleepMs = 90_000
    })
    await agree('after the machine slept and its steady clock stood still')
  } finally {
    await Promise.all([near, far].map(({ context }) => context.close()))
  }
})

test('tabs of one browser share one stream, and the next takes over when its tab is closed', async () => {
  const context = await browser.context({ as: 'member' })
  const streams: Page[] = []
  context.on('request', request => {
    if (request.url().includes('/live/events')) streams.push(request.frame().page())
  })
  try {
    const tabs: Page[] = []
    for (let n = 0; n < 3; n++) {
      const page = await context.newPage()
      await page.goto(address)
      await page.getByText('in step with the server').waitFor()
      tabs.push(page)
    }
    expect(new Set(streams)).toEqual(new Set([tabs[0]]))
    const phase = await command('next-phase')
    for (const page of tabs) await page.locator('.board .eyebrow', { hasText: phase }).waitFor()
    await tabs[0]!.close()
    await expect.poll(() => streams.at(-1)).toBe(tabs[1])
    const next = await command('next-phase')
    for (const page of tabs.slice(1)) await page.locator('.board .eyebrow', { hasText: next }).waitFor()
    expect(new Set(streams)).toEqual(new Set([tabs[0], tabs[1]]))
  } finally {
    await context.close()
  }
})
