/** What people come to do, in a real browser, with and without JavaScript. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { EMAILS, PASSWORD, startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

const PRINTED = { bar: '.bar', foot: '.foot', menu: '.menu' }

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)('%s', (title, javaScriptEnabled) => {
  const suffix = javaScriptEnabled ? 'Alpha' : 'Beta'

  test('a visitor signs in and comes to the page they wanted', async () => {
    const page = await browser.open('/library?q=retry&sort=newest', { javaScriptEnabled })
    await expectAddress(page, '/sign-in?to=%2Flibrary%3Fq%3Dretry%26sort%3Dnewest')
    await page.getByLabel('E-mail').fill(EMAILS.member)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${server.url}/library?q=retry&sort=newest`)
    expect(await page.getByLabel('Search the library').inputValue()).toBe('retry')
  })

  test('a wrong password and an unknown address are told apart by nobody, and the address stays typed', async () => {
    browser.allow(/status of 400/)
    const page = await browser.open('/sign-in', { javaScriptEnabled })
    const messages: (string | null)[] = []
    for (const email of [EMAILS.member, 'nobody@demo.candor.test']) {
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password').fill(`wrong ${suffix}`)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').waitFor()
      await page.waitForFunction(() => !document.querySelector('button[disabled]')).catch(() => undefined)
      expect(await page.getByRole('alert').count()).toBe(1)
      messages.push(await page.getByRole('alert').textContent())
      expect(await page.getByLabel('E-mail').inputValue()).toBe(email)
    }
    expect(messages[0]).toContain('This e-mail and password do not belong together.')
    expect(messages[1]).toBe(messages[0])
  })

  test('a member searches, narrows down, pages, saves the search and finds the feed', async () => {
    const page = await browser.open('/', { as: 'member', javaScriptEnabled })
    await page.getByLabel('Search the library').fill('retry')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL(/\/library\?q=retry$/)
    const before = await countOf(page)
    expect(before).toBeGreaterThan(2)
    expect(await page.locator('article.hit mark').first().textContent()).toMatch(/retr/i)

    const facet = page.locator('details.facet', { hasText: 'Severity' }).getByRole('link').first()
    const expected = (await facet.locator('.num').textContent()) ?? ''
    await facet.click()
    await page.waitForURL(/severity=SEV-\d/)
    await page.getByText('(remove)').first().waitFor({ state: 'attached' })
    expect(await countOf(page), 'the facet promised as many').toBe(Number(expected))

    await page.getByRole('button', { name: 'Save this search' }).click()
    const saved = page.getByRole('complementary', { name: 'Narrow the results' }).getByRole('link', { name: /retry/ })
    await saved.waitFor()
    await page.goto('/library')
    await saved.click()
    await page.waitForURL(/q=retry.*severity=SEV-\d/)
    await page.getByText('(remove)').first().waitFor({ state: 'attached' })
    expect(await countOf(page)).toBe(Number(expected))

    const feed = await page.getByRole('link', { name: 'Feed' }).getAttribute('href')
    const answer = await server.ask(feed ?? '', { as: 'member' })
    expect(answer.headers.get('content-type')).toMatch(/^application\/atom\+xml/)
    const atom = await answer.text()
    expect(atom.match(/<entry>/g)?.length).toBe(Number(expected))
    expect(atom).toContain(`${server.url}/library/`)

    await page.goto('/saved-searches')
    await page.getByRole('button', { name: /^Remove/ }).click()
    await page.getByText('None yet').waitFor()
  })

  test('a member reads a postmortem: its facts, its outline, what is related, its history', async () => {
    const page = await browser.open('/library?q=checkout+retry+storm', { as: 'member', javaScriptEnabled })
    await page.locator('article.hit h2 a').first().click()
    await page.locator('article h1').waitFor()
    const slug = new URL(page.url()).pathname
    const outline = page.getByRole('navigation', { name: 'On this page' }).getByRole('link')
    await outline.nth(2).waitFor()
    for (const link of await outline.all()) {
      const target = (await link.getAttribute('href')) ?? ''
      expect(await page.locator(target.replace(/:/g, '\\:')).count(), target).toBe(1)
    }
    await outline.last().click()
    expect(new URL(page.url()).hash).not.toBe('')
    expect(await page.getByRole('link', { name: 'Edit', exact: true }).count(), 'members do not edit it').toBe(0)
    await page.getByRole('link', { name: 'History' }).first().click()
    await page.waitForURL(`${server.url}${slug}/history`)
    await page.getByRole('heading', { name: 'History' }).waitFor()
  })

  test('an editor brings in a folder of files: looks, corrects, leaves one out, imports, finds', async () => {
    const page = await browser.open('/library/import', { as: 'editor', javaScriptEnabled })
    await page.getByLabel('Files').setInputFiles(importFiles(suffix))
    await page.getByRole('button', { name: 'Read the files' }).click()
    await page.waitForURL(/\/library\/import\/[\w-]+$/)
    await page.getByRole('heading', { name: 'What was understood' }).waitFor()
    expect(await page.locator('.lead').textContent()).toMatch(/^5 postmortems read, 1 not readable/)
    const wrong = page.getByRole('table').filter({ hasText: 'Line' })
    expect(await wrong.textContent()).toContain(`broken-${suffix}.jsonl`)

    await page.getByRole('link', { name: `Correct The ${suffix} ledger ran out of hands` }).click()
    await page.getByRole('heading', { name: 'Correct what was understood' }).waitFor()
    await page.getByLabel('Title').fill(`The ${suffix} ledger ran out of handles`)
    await page.getByRole('button', { name: 'Keep the correction' }).click()
    await page.getByRole('heading', { name: 'What was understood' }).waitFor()

    await page.getByRole('checkbox', { name: `The ${suffix} row that stays out` }).uncheck()
    await page.getByRole('button', { name: 'Keep this choice' }).click()
    await page.getByRole('button', { name: 'Import 4' }).click()
    await page.getByRole('heading', { name: 'Imported' }).waitFor()
    expect(await page.locator('.lead').textContent()).toContain('4 new, 0 updated, 0 unchanged, 1 rejected')

    await page.goto(`/library?q=${suffix}+handles`)
    await page.getByRole('link', { name: `The ${suffix} ledger ran out of handles` }).click()
    await page.getByRole('heading', { level: 1, name: `The ${suffix} ledger ran out of handles` }).waitFor()
    expect(await page.locator('article').textContent()).toContain('Sockets were opened and never closed')
    await page.goto(`/library?q="stays+out"+${suffix}`)
    expect(await page.getByText(`The ${suffix} row that stays out`).count()).toBe(0)
  })

  test('an editor imports the same files again, and nothing changes', async () => {
    const page = await browser.open('/library/import', { as: 'editor', javaScriptEnabled })
    await page.getByLabel('Files').setInputFiles(importFiles(suffix).slice(1, 2))
    await page.getByRole('button', { name: 'Read the files' }).click()
    await page.getByRole('button', { name: 'Import 1' }).click()
    await page.getByRole('heading', { name: 'Imported' }).waitFor()
    expect(await page.locator('.lead').textContent()).toContain('0 new, 0 updated, 1 unchanged, 0 rejected')
  })

  test('an administrator brings in traffic from a file: line by line first, then for good, and once', async () => {
    const page = await browser.open('/admin', { as: 'administrator', javaScriptEnabled })
    await page.getByRole('link', { name: 'Import from files' }).click()
    await page.waitForURL(/\/import$/)
    const rows = [`2026-03-01,Gate ${suffix},3000`, `01/03/2026,Gate ${suffix},1`, `2026-03-02,Gate ${suffix},4000`]
    const buffer = Buffer.from(`day,service,requests\n${rows.join('\n')}\n`)
    const file = { name: 'traffic.csv', mimeType: 'text/csv', buffer }
    const tally = () => page.locator('.tally b').allTextContents()
    const read = async () => {
      await page.getByLabel('What it holds').selectOption('traffic')
      await page.getByLabel('File').setInputFiles(file)
      await page.getByRole('button', { name: 'Read the file' }).click()
      await page.getByRole('heading', { name: 'What the file would do: Traffic, traffic.csv' }).waitFor()
    }
    await read()
    expect(await tally()).toEqual(['2', '0', '0', '1'])
    expect(await page.locator('tbody tr').allTextContents()).toEqual([expect.stringMatching(/^3\s*day/)])
    await page.getByRole('button', { name: 'Import 2 rows' }).click()
    await page.getByRole('heading', { name: 'Imported: Traffic, traffic.csv' }).waitFor()
    expect(await tally()).toEqual(['2', '0', '0', '1'])
    await read()
    expect(await tally()).toEqual(['0', '0', '2', '1'])
    expect(await page.getByRole('button', { name: /^Import/ }).count()).toBe(0)
  })

  test('an editor changes a text, is told what is wrong without losing it, and sees the difference', async () => {
    browser.allow(/status of 400/)
    const made = await server.ask('/api/v1/postmortems', {
      as: 'editor',
      json: { title: `Edited ${suffix}`, status: 'published', sections: { summary: 'The first words.' } },
    })
    const { slug } = (await made.json()) as { slug: string }
    const page = await browser.open(`/library/${slug}`, { as: 'editor', javaScriptEnabled })
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByRole('heading', { name: 'Correct the postmortem' }).waitFor()
    await page.getByLabel('Started').fill('yesterday at noon')
    await page.getByRole('button', { name: 'Save Title and facts' }).click()
    await page.locator('#facts .wrong').waitFor()
    expect(await page.getByLabel('Started').inputValue()).toBe('yesterday at noon')
    expect(await page.getByLabel('Started').getAttribute('aria-invalid')).toBe('true')

    await page.getByLabel('Started').fill('2026-08-14T15:45+02:00')
    await page.getByRole('button', { name: 'Save Title and facts' }).click()
    await page
      .locator('#facts')
      .getByText(/Saved \d\d:\d\d/)
      .waitFor()
    await page.getByRole('textbox', { name: 'Summary' }).fill('The first words, and some more.')
    await page.getByRole('button', { name: 'Save Summary' }).click()
    await page
      .locator('#summary')
      .getByText(/Saved \d\d:\d\d/)
      .waitFor()
    await page.goto(`/library/${slug}`)
    await page.getByText('The first words, and some more.').waitFor()

    await page.getByRole('link', { name: 'History' }).first().click()
    await page.getByRole('heading', { name: 'History' }).waitFor()
    expect(await page.locator('tbody tr').count()).toBe(2)
    expect(await page.locator('tbody tr').first().textContent()).toContain('Written in the editor')
    expect(await page.locator('ins').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('and some more')]),
    )
  })

  test('two who edit at once: what both wrote stays', async () => {
    const made = await server.ask('/api/v1/postmortems', {
      as: 'editor',
      json: { title: `Contested ${suffix}`, status: 'published' },
    })
    const { slug } = (await made.json()) as { slug: string }
    const page = await browser.open(`/library/${slug}/edit`, { as: 'editor', javaScriptEnabled })
    await server.ask(`/api/v1/postmortems/${slug}`, {
      as: 'administrator',
      method: 'PATCH',
      json: { sections: { summary: 'First.' } },
    })
    await page.getByRole('textbox', { name: 'Summary' }).fill('Second.')
    await page.getByRole('button', { name: 'Save Summary' }).click()
    await page
      .locator('#summary')
      .getByText(/Saved \d\d:\d\d/)
      .waitFor()
    expect(await page.getByRole('textbox', { name: 'Summary' }).inputValue()).toBe('First.\nSecond.')
  })

  test('an editor adds two themes, merges one into the other and takes it back', async () => {
    const page = await browser.open('/themes', { as: 'editor', javaScriptEnabled })
    for (const name of [`Stale ${suffix}`, `Fresh ${suffix}`]) {
      await page.goto('/themes')
      await page.getByRole('link', { name: 'Add a theme' }).click()
      await page.getByLabel('Name', { exact: true }).fill(name)
      await page.getByLabel('Definition').fill(`Something was ${name.toLowerCase()} when it mattered.`)
      await page.getByRole('button', { name: 'Add the theme' }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
    }
    await page.goto(`/themes/stale-${suffix.toLowerCase()}`)
    await page.getByRole('link', { name: 'Merge into another' }).click()
    await page.getByLabel('The theme that stays').selectOption({ label: `Fresh ${suffix}` })
    await page.getByRole('button', { name: 'Show what would move' }).click()
    await page.getByRole('heading', { name: 'What would move' }).waitFor()
    await page.getByRole('button', { name: `Merge “Stale ${suffix}” into “Fresh ${suffix}”` }).click()
    await page.getByRole('heading', { level: 1, name: `Fresh ${suffix}` }).waitFor()

    await page.goto(`/themes/stale-${suffix.toLowerCase()}`)
    await expectAddress(page, `/themes/fresh-${suffix.toLowerCase()}`)
    await page.getByRole('button', { name: `Undo the merge of Stale ${suffix}` }).click()
    await page.getByRole('heading', { level: 1, name: `Stale ${suffix}` }).waitFor()
    await page.goto(`/themes/stale-${suffix.toLowerCase()}`)
    await expectAddress(page, `/themes/stale-${suffix.toLowerCase()}`)
  })

  test('whoever pins the dark theme keeps it, on a light system too', async () => {
    const page = await browser.open('/guides', { as: 'facilitator', javaScriptEnabled, colorScheme: 'light' })
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const light = await paper()
    await page.locator('.menu summary').click()
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.locator('html[data-theme=dark]').waitFor()
    await expectAddress(page, '/guides')
    const dark = await paper()
    expect(dark).not.toBe(light)
    await page.goto('/library')
    expect(await paper()).toBe(dark)
    await page.locator('.menu summary').click()
    await page.getByRole('button', { name: 'As the system' }).click()
    await page.locator('html:not([data-theme])').waitFor()
    expect(await paper()).toBe(light)
  })

  test('whoever signs out is out: the way back shows nothing', async () => {
    const page = await browser.open('/sign-in', { javaScriptEnabled })
    await page.getByLabel('E-mail').fill(EMAILS.member)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('.menu summary').click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in$/)
    await page.goto('/library')
    await expectAddress(page, '/sign-in?to=%2Flibrary')
  })

  test(`printing ${title} leaves the text and hides the shell`, async () => {
    const page = await browser.open('/library?q=checkout+retry+storm', { as: 'editor', javaScriptEnabled })
    await page.locator('article.hit h2 a').first().click()
    await page.locator('article h1').waitFor()
    for (const [name, selector] of Object.entries(PRINTED))
      expect(await page.locator(selector).isVisible(), name).toBe(true)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    for (const [name, selector] of Object.entries(PRINTED))
      expect(await page.locator(selector).isVisible(), name).toBe(false)
    expect(await page.locator('article h1').isVisible()).toBe(true)
    expect(await page.getByRole('link', { name: 'Edit', exact: true }).isVisible()).toBe(false)
    const [ink, paper] = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.documentElement)
      return [color, backgroundColor]
    })
    expect([ink, paper]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  })
})

describe('Keys', () => {
  test('/ goes to the search field, from any page', async () => {
    const page = await browser.open('/library', { as: 'member' })
    await page.locator('h1').click()
    await page.keyboard.press('/')
    await page.keyboard.type('retry')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/library\?q=retry$/)
    await page.goto('/guides')
    // Keys are heard once the page's script has run, of which nothing is to be seen.
    await expect
      .poll(
        async () => {
          await page.keyboard.press('/')
          return new URL(page.url()).pathname
        },
        { timeout: 20_000 },
      )
      .toBe('/library')
  })

  test('/ is an ordinary character where someone types', async () => {
    const page = await browser.open('/library', { as: 'member' })
    const search = page.getByLabel('Search the library')
    await search.fill('TCP')
    await search.press('End')
    await page.keyboard.type('/IP?')
    expect(await search.inputValue()).toBe('TCP/IP?')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('? lists the keys, Esc closes the list', async () => {
    const page = await browser.open('/themes', { as: 'member' })
    await page.locator('h1').click()
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    await dialog.waitFor()
    expect(await dialog.textContent()).toContain('Search the library')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  test('Tab reaches the content at once by the first link', async () => {
    const page = await browser.open('/library', { as: 'member' })
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#content')
  })
})

describe('The first day', () => {
  test('an empty Candor is set up with the code of its console, once', async () => {
    const empty = await startServer({ isEmpty: true })
    const first = await startBrowser(empty)
    first.allow(/status of (400|404)/)
    const code = empty.running.site.setUpCode
    expect(code).toMatch(/\S{6,}/)
    const page = await first.open('/')
    await page.waitForURL(`${empty.url}/set-up`)
    const fill = async (given: string) => {
      await page.getByLabel('One-time code').fill(given)
      await page.getByLabel('Name of your organisation').fill('Lighthouse')
      await page.getByLabel('Your name').fill('Ada Keeper')
      await page.getByLabel('Your e-mail').fill('ada@lighthouse.test')
      await page.getByLabel('A password').fill('a long lamp in the night')
      await page.getByRole('button', { name: 'Make the first account' }).click()
    }
    await fill('not the code')
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Your name').inputValue(), 'what was typed stays').toBe('Ada Keeper')
    await fill(code ?? '')
    await page.waitForURL(`${empty.url}/admin`)

    await page.goto('/library')
    await page.getByText('The library is empty').waitFor()
    await page.goto('/')
    await page.getByRole('heading', { level: 1, name: /Ada/ }).waitFor()
    await page.getByText('Nothing learnt here yet').waitFor()
    expect((await empty.ask('/set-up')).status, 'there is no second first account').toBe(404)
    expect((await empty.ask('/')).headers.get('location')).toBe('/sign-in')
  })

  test('an administrator adds someone, the mail brings them in, and its link works once', async () => {
    const page = await browser.open('/people/new', { as: 'administrator' })
    await page.getByLabel('Name', { exact: true }).fill('Nadia New')
    await page.getByLabel('E-mail', { exact: true }).fill('nadia@demo.candor.test')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Nadia New' }).waitFor()
    await page.getByLabel('Role').selectOption('editor')
    await page.getByRole('button', { name: 'Send an invitation' }).click()
    await page.getByText('The invitation is on its way').waitFor()

    const link = await newestLink('invitation')
    const guest = await browser.open(link)
    await guest.getByText('nadia@demo.candor.test').waitFor()
    await guest.getByLabel('New password').fill('a password that nobody else has')
    await guest.getByRole('button', { name: 'Save and sign in' }).click()
    await guest.getByRole('heading', { level: 1, name: /Nadia/ }).waitFor()
    await guest.goto('/library/import')
    await guest.getByRole('heading', { name: 'Bring in postmortems' }).waitFor()
    browser.allow(/status of 410/)
    await guest.goto(link)
    await guest.getByText('This link has done its work').waitFor()
  })

  test('a forgotten password is replaced by the link of a mail; other sessions end', async () => {
    const before = await server.ask('/', { as: 'facilitator' })
    expect(before.status).toBe(200)
    const page = await browser.open('/forgotten')
    await page.getByLabel('E-mail').fill(EMAILS.facilitator)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText('Look into your mail').waitFor()
    await page.goto(await newestLink('reset'))
    await page.getByLabel('New password').fill('another long password of mine')
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await page.locator('.menu').waitFor()
    expect((await server.ask('/', { as: 'facilitator' })).status, 'the session from before').toBe(302)
  })
})

/** The secret address in the last mail that has one; mails are written a moment after the page has answered. */
async function newestLink(kind: 'invitation' | 'reset'): Promise<string> {
  await expect.poll(() => linkInMails(kind)).not.toBeNull()
  return linkInMails(kind) ?? ''
}

function linkInMails(kind: 'invitation' | 'reset'): string | null {
  const folder = join(server.dataDir, 'mail')
  const pattern = new RegExp(`${server.url}(/${kind}/[\\w-]+)`)
  for (const name of readdirSync(folder).sort().reverse()) {
    const text = readFileSync(join(folder, name), 'utf8').replace(/=\n/g, '').replace(/=3D/g, '=')
    const found = pattern.exec(text)?.[1]
    if (found) return found
  }
  return null
}

/** Two Markdown files, one JSON Lines with two records, one CSV with one, and one that is broken. */
function importFiles(word: string) {
  const file = (name: string, mimeType: string, text: string) => ({ name, mimeType, buffer: Buffer.from(text) })
  return [
    file(
      `handles-${word}.md`,
      'text/markdown',
      `---\ntitle: The ${word} ledger ran out of hands\ndate: 2026-03-02\nseverity: SEV-2\nservices: [ledger]\n---\n\n` +
        '## Summary\n\nSockets were opened and never closed.\n\n## Timeline\n\n- 09:10 First alert\n- 09:55 Restarted\n',
    ),
    file(
      `plain ${word}`,
      '',
      `The ${word} batch slept through the night\n====\n\nNobody had told it about summer time.\n`,
    ),
    file(
      `lines-${word}.jsonl`,
      'application/x-ndjson',
      `${JSON.stringify({ title: `The ${word} queue grew for a week`, summary: 'Nobody looked.', external_id: word })}\n` +
        `${JSON.stringify({ title: `The ${word} certificate expired on a Sunday`, severity: 'SEV-3' })}\n`,
    ),
    file(
      `rows-${word}.csv`,
      'text/csv',
      `title,status,published_at,themes,body\n"The ${word} row that stays out",published,2026-01-05,expiry,"Left aside."\n`,
    ),
    file(`broken-${word}.jsonl`, 'application/x-ndjson', '{"title": "cut off in the mid\n'),
  ]
}

/** The number of hits that the library's page names. */
async function countOf(page: Page): Promise<number> {
  const line = await page.locator('.result-line').textContent()
  return Number(/^([\d,]+) postmortems?/.exec(line ?? '')?.[1]?.replace(/,/g, '') ?? Number.NaN)
}

async function expectAddress(page: Page, address: string): Promise<void> {
  await page.waitForURL(server.url + address, { timeout: 10_000 }).catch(() => undefined)
  expect(page.url()).toBe(server.url + address)
}
