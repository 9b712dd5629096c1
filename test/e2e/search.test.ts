/** Searching as people do who were woken: pasting, mistyping, choosing by keyboard; and with anything at all as a query. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { startServer } from '#test/support/server.ts'
import { ALL_PAYLOADS, STRINGS } from './hostile-inputs.ts'

const server = await startServer()
const browser = await startBrowser(server)

/** What the log of the warehouse said, with what stands around it in every trace. */
const TRACE = `2026-11-24T03:12:09.123Z ERROR [warehouse] c.e.warehouse.ExportJob - export failed (7f9c0e1a-1111-2222-3333-444455556666)
java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30001ms.
\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696)
\tat java.base/java.lang.Thread.run(Thread.java:833)
\tat com.example.warehouse.ExportJob.run(ExportJob.java:87)`
const TITLE = /Period-end stock exports held every database connection/

async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(words => navigator.clipboard.writeText(words), text)
  await page.getByLabel('Search the library').focus()
  await page.keyboard.press('ControlOrMeta+V')
}

describe('At three in the morning', () => {
  test.each([
    ['on a desk', { width: 1360, height: 900 }],
    ['on a phone', { width: 360, height: 740 }],
  ])('a stack trace pasted on the front page leads to the right postmortem: %s', async (_, viewport) => {
    const page = await browser.open('/', { as: 'member', viewport })
    await paste(page, TRACE)
    await page.locator('textarea[name=q]').waitFor()
    expect(await page.locator('textarea[name=q]').inputValue()).toBe(TRACE)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/library\?/)
    const first = page.locator('article.hit').first()
    await first.getByRole('link', { name: TITLE }).waitFor()
    expect(page.url().length).toBeLessThan(1_200)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)

    await page.getByText(/^Read as a pasted text/).click()
    await page.getByRole('link', { name: 'HikariPool-1 (leave out)' }).click()
    await page.getByRole('link', { name: 'HikariPool-1 (search for it too)' }).waitFor({ state: 'attached' })
    await first.getByRole('link').first().click()
    await page.waitForURL(/\/library\/[\w-]+$/)
  })

  test('without JavaScript it arrives as well', async () => {
    const page = await browser.open('/', { as: 'member', javaScriptEnabled: false })
    await page.getByLabel('Search the library').fill(TRACE.replaceAll('\n', ' '))
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL(/\/library\?/)
    await page.locator('article.hit').first().getByRole('link', { name: TITLE }).waitFor()
    await page.getByText(/^Read as a stack trace/).waitFor()
  })
})

describe('The search field', () => {
  test('suggests while one types; the keyboard chooses, and goes back to what was typed', async () => {
    const page = await browser.open('/', { as: 'member' })
    const field = page.getByRole('combobox', { name: 'Search the library' })
    await field.pressSequentially('period')
    const option = page.getByRole('option', { name: TITLE })
    await option.waitFor()
    expect(await field.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => field.getAttribute('aria-activedescendant')).not.toBeNull()
    await page.keyboard.press('Escape')
    await expect.poll(() => field.getAttribute('aria-expanded')).toBe('false')
    expect(await field.inputValue()).toBe('period')
    await field.pressSequentially('-end')
    await option.waitFor()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => option.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/library\/period-end/)
  })

  test('searches for what was meant when nothing has what was typed, and there is a way back', async () => {
    const page = await browser.open('/library', { as: 'member' })
    await page.getByLabel('Search the library').fill('certifcate')
    await page.keyboard.press('Enter')
    await page.getByText('These are the results for').waitFor()
    await page
      .locator('article.hit mark', { hasText: /certificate/i })
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'Search instead for certifcate' }).click()
    await page.waitForURL(/exact=1/)
    await page.getByText('Nothing found').waitFor()
    await page.getByText('Did you mean').waitFor()
  })

  test('tells editors why a hit stands where it stands, and members nothing', async () => {
    const page = await browser.open('/library?q=retry', { as: 'editor' })
    await page.getByRole('link', { name: 'Why this order?' }).click()
    await page.getByRole('columnheader', { name: 'Adds' }).first().waitFor()
    const html = await (await server.ask('/library?q=retry&explain=1', { as: 'member' })).text()
    expect(html).not.toMatch(/Why this order|learnt from the best|why-found/)
  })
})

describe('Anything is a query', () => {
  const QUERIES = [
    'word '.repeat(10_000),
    `${'"'.repeat(500)}a${'"'.repeat(501)}`,
    'theme:"service:"severity:"x',
    '-'.repeat(5_000),
    'theme: service: severity: before: after: has:',
    'the and of to',
    '\u202eשלום עולם\u2066 مرحبا\u2069',
    '((((a+)+)+)+)$ [a-z]{1,99999} %_\\',
    "'; drop table postmortems; --",
    '{"a":'.repeat(3_000),
    'at a.b.c('.repeat(2_000),
    ...STRINGS.filter((_, index) => index % 60 === 0),
    ...ALL_PAYLOADS.filter((_, index) => index % 2_000 === 0),
  ]

  test('to the page, the form, the suggestions and the API: never a failure, never a script', async () => {
    const failures: string[] = []
    for (const query of QUERIES) {
      const text = query.toWellFormed().slice(0, 20_000)
      const q = encodeURIComponent(text)
      const asked = {
        page: await server.ask(`/library?q=${q}`, { as: 'member' }),
        suggestions: await server.ask(`/suggestions?q=${q}`, { as: 'member' }),
        api: await server.ask(`/api/v1/search?q=${q}`, { as: 'member' }),
        form: await server.ask('/library', { as: 'member', form: { q: text } }),
      }
      const about = JSON.stringify(text.slice(0, 60))
      // Control characters, which the API refuses in words, are what a 400 is for; longer addresses a 431.
      const isFine = { page: [200], suggestions: [200], api: [200, 400], form: [302] }
      for (const [way, answer] of Object.entries(asked))
        if (
          !isFine[way as keyof typeof isFine].includes(answer.status) &&
          !(q.length > 60_000 && answer.status === 431)
        )
          failures.push(`${way} ${answer.status} ${about}`)
      const html = await asked.page.text()
      if (/<script>(?:alert|window)|SQLITE|syntax error|Invalid regular/i.test(html))
        failures.push(`page says ${about}`)
      const followed = asked.form.headers.get('location') ?? ''
      if (followed.length > 13_000) failures.push(`long address ${about}`)
      const next = await server.ask(followed, { as: 'member' })
      if (next.status !== 200) failures.push(`${next.status} after ${about}`)
      await Promise.all([asked.suggestions, asked.api, next].map(answer => answer.arrayBuffer()))
    }
    expect(failures).toEqual([])
  })

  test('the API reads a pasted text of twenty thousand characters', async () => {
    const q = `${TRACE}\n${'\tat com.example.warehouse.Frame.step(Frame.java:1)\n'.repeat(400)}`.slice(0, 20_000)
    const answer = await server.ask(`/api/v1/search?q=${encodeURIComponent(q)}`, { as: 'member' })
    expect(answer.status).toBe(200)
    const { items, notices } = (await answer.json()) as { items: { title: string }[]; notices: string[] }
    expect(items[0]?.title).toMatch(TITLE)
    expect(notices[0]).toMatch(/^Read as a stack trace; searched for: /)
  })
})
