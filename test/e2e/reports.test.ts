/** A culture health report in a real browser: written, published, read by members and strangers, on paper, on a phone. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

interface Listed {
  period: string
  title: string
}

let newest: Listed

beforeAll(async () => {
  const answer = await server.ask('/api/v1/reports', { as: 'member' })
  newest = ((await answer.json()) as { items: Listed[] }).items[0] as Listed
})

/** How much further than the window the page reaches. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

describe('A report from draft to public', () => {
  test('an editor writes, an administrator publishes, a member reads, a stranger reads what was chosen until it is revoked', async () => {
    browser.allow(/status of (400|404|409)/)
    const editing = await browser.open('/reports', { as: 'editor' })
    await editing.getByLabel('First day').fill('2026-01-01')
    await editing.getByLabel('Last day').fill('2026-01-31')
    await editing.getByRole('button', { name: 'Begin the draft' }).click()
    await editing.getByRole('heading', { level: 1, name: 'January 2026' }).waitFor()
    const address = '/reports/2026-01'
    expect((await server.ask(address, { as: 'member' })).status, 'a draft is nobody’s but the editors’').toBe(404)

    await editing.goto(`${address}/edit`)
    const other = await browser.open(`${address}/edit`, { as: 'administrator' })
    const story = (page: Page) => page.getByLabel('Your story')
    await story(editing).fill('A calm month, told by **us**.')
    await editing.getByRole('button', { name: 'Save: The story' }).click()
    await editing.getByText('Saved.').waitFor()
    await story(other).fill('Another beginning.')
    await other.getByRole('button', { name: 'Save: The story' }).click()
    await other.getByText('What is saved now:').waitFor()
    expect(await story(other).inputValue(), 'nothing is lost').toBe('Another beginning.')
    await other.getByText('A calm month, told by **us**.').waitFor()

    await other.goto(`${address}/publish`)
    await other.getByRole('button', { name: 'Publish and freeze it' }).click()
    await other.getByText('Published and frozen.').waitFor()

    const reading = await browser.open(address, { as: 'member' })
    await reading.getByText('A calm month, told by us.').waitFor()
    expect(await reading.getByRole('link', { name: 'Public addresses' }).count()).toBe(0)

    await other.goto(`${address}/public`)
    for (const box of await other.getByRole('checkbox').all()) await box.uncheck()
    await other.getByRole('checkbox', { name: 'Are we noticing sooner?' }).check()
    await other.getByRole('button', { name: 'Make the address' }).click()
    const open = new URL((await other.locator('.public-address').textContent()) ?? '').pathname
    const stranger = await browser.open(open)
    await stranger.getByRole('heading', { level: 2, name: 'Are we noticing sooner?' }).waitFor()
    expect(await stranger.getByRole('heading', { level: 2 }).count(), 'one chapter and what it rests on').toBe(2)
    const asked = await server.ask(open)
    expect(asked.headers.get('x-robots-tag')).toContain('noindex')
    for (const sent of [await asked.text(), await (await server.ask(`${open}.data`)).text()]) {
      expect(sent).toContain('time.toDetect')
      expect(sent).not.toMatch(/A calm month|downtime\.|participation\.|survey\./)
    }

    await other.getByRole('button', { name: 'Revoke it' }).click()
    await other.getByText('Tick the box').first().waitFor()
    await other.getByLabel('Whoever has it finds nothing there from now on.').check()
    await other.getByRole('button', { name: 'Revoke it' }).click()
    await other.getByText('Revoked: it shows nothing any more.').waitFor()
    const [gone, never] = await Promise.all([server.ask(open), server.ask('/open/reports/never-made')])
    expect([gone.status, never.status]).toEqual([404, 404])
  })
})

describe('A published report', () => {
  test('is drawn, read point by point from the keyboard, and fits a phone', async () => {
    const page = await browser.open(`/reports/${newest.period}`, {
      as: 'member',
      viewport: { width: 360, height: 740 },
    })
    const run = page.locator('.exhibit.is-run').first()
    await run.scrollIntoViewIfNeeded()
    await run.locator('canvas').waitFor()
    await run.getByRole('group', { name: /^Run chart/ }).focus()
    await page.keyboard.press('End')
    await expect.poll(() => run.locator('.said').textContent()).toMatch(/\d{4}: /)
    expect(await sideways(page)).toBe(0)
    expect(await run.locator('details').getAttribute('open'), 'the table waits behind its link').toBeNull()
  })

  test('is whole without JavaScript: pictures stand still, tables are open', async () => {
    const page = await browser.open(`/reports/${newest.period}`, { as: 'member', javaScriptEnabled: false })
    const run = page.locator('.exhibit.is-run').first()
    expect(await run.locator('svg').isVisible()).toBe(true)
    expect(await run.locator('table').isVisible()).toBe(true)
    expect(await sideways(page)).toBe(0)
  })

  test('on paper shows pictures and no buttons', async () => {
    const page = await browser.open(`/reports/${newest.period}`, { as: 'member' })
    const run = page.locator('.exhibit.is-run').first()
    await run.scrollIntoViewIfNeeded()
    await run.locator('canvas').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await run.locator('svg').isVisible()).toBe(true)
    expect(await run.locator('canvas').isVisible()).toBe(false)
    expect(await page.getByRole('link', { name: 'PDF' }).first().isVisible()).toBe(false)
    expect(await page.getByRole('navigation').isVisible()).toBe(false)
  })

  test('comes as a PDF with pages, and as files that hold the figures shown', async () => {
    const file = (name: string) => server.ask(`/reports/${newest.period}/${name}`, { as: 'member' })
    const pdf = Buffer.from(await (await file('export.pdf')).arrayBuffer()).toString('latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(3)

    const { content } = (await (await file('export.json')).json()) as {
      content: { figures: Record<string, { value: number }>; headline: { id: string; label: string }[] }
    }
    const csv = await (await file('export.csv')).text()
    const markdown = await (await file('export.md')).text()
    const page = await browser.open(`/reports/${newest.period}`, { as: 'member' })
    for (const { id, label } of content.headline) {
      await page.getByRole('link', { name: label, exact: true }).waitFor()
      expect(csv).toContain(`${newest.period},${id},`)
      expect(csv).toContain(String(content.figures[id]?.value))
      expect(markdown).toContain(label)
    }
    const picture = await page
      .getByRole('link', { name: /^SVG: / })
      .first()
      .getAttribute('href')
    const svg = await (await server.ask(picture ?? '', { as: 'member' })).text()
    expect(svg).toContain('<desc>')
    const png = await server.ask((picture ?? '').replace('.svg', '.png'), { as: 'member' })
    expect(
      Buffer.from(await png.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })
})
