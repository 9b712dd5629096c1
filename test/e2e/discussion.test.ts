/** What is said about a postmortem, in a real browser: beside a passage, with and without scripts; files as served. */
import { describe, expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const found = await server.running.site.db
  .selectFrom('postmortems')
  .select(['slug', 'summary'])
  .where('slug', 'like', 'checkout-stalled%')
  .executeTakeFirstOrThrow()
const { slug } = found
const WORDS = 'doubled the number of retries'

describe('A comment', () => {
  test('stands beside words that were selected', async () => {
    const page = await browser.open(`/library/${slug}`, { as: 'member' })
    const offer = page.getByRole('link', { name: 'Comment on these words' })
    expect(await offer.count()).toBe(0)
    await page.evaluate(words => {
      const text = document.createTreeWalker(document.getElementById('text') as HTMLElement, NodeFilter.SHOW_TEXT)
      while (text.nextNode()) {
        const at = text.currentNode.textContent?.indexOf(words) ?? -1
        if (at >= 0) {
          getSelection()?.setBaseAndExtent(text.currentNode, at, text.currentNode, at + words.length)
          return
        }
      }
    }, WORDS)
    await offer.click()
    await page.waitForURL(/comments\?passage/)
    expect(await page.getByLabel('Passage').inputValue()).toBe(WORDS)
    await page.getByLabel('Comment', { exact: true }).fill('Was that *noticed*?')
    await page.getByRole('button', { name: 'Comment', exact: true }).click()
    const thread = page.locator('.thread', { hasText: 'Was that noticed?' })
    await thread.waitFor()
    expect(await thread.locator('blockquote').textContent()).toBe(WORDS)
    expect(await thread.getByRole('link', { name: 'In its place' }).getAttribute('href')).toBe(
      `/library/${slug}#:~:text=doubled%20the%20number%20of%20retries`,
    )
  })

  test('stands beside words that were pasted, and is answered, without scripts', async () => {
    const page = await browser.open(`/library/${slug}/comments`, { as: 'facilitator', javaScriptEnabled: false })
    browser.allow(/status of 400/)
    await page.getByLabel('Passage').fill('words that stand nowhere')
    await page.getByLabel('Comment', { exact: true }).fill('Kept as I typed it')
    await page.getByRole('button', { name: 'Comment', exact: true }).click()
    expect(await page.locator('.field.is-wrong').textContent()).toContain('These words do not stand in the text.')
    expect(await page.getByLabel('Comment', { exact: true }).inputValue()).toBe('Kept as I typed it')
    await page.getByLabel('Passage').fill('A routine   deploy')
    await page.getByRole('button', { name: 'Comment', exact: true }).click()
    const thread = page.locator('.thread', { hasText: 'Kept as I typed it' })
    expect(await thread.locator('blockquote').textContent()).toBe('A routine deploy')
    await thread.getByText('Answer', { exact: true }).first().click()
    await thread.getByLabel('Your answer').fill('An answer by form')
    await thread.getByRole('button', { name: 'Answer' }).click()
    expect(await page.locator('.answers', { hasText: 'An answer by form' }).count()).toBe(1)
  })
})

describe('A review', () => {
  test('waits on the front page of whom it was asked of, and is given there', async () => {
    const page = await browser.open('/', { as: 'member' })
    await page.getByText('waits for your review').waitFor()
    await page.goto('/library/a-silence-for-node-maintenance-also-silenced-payments-for-two-days/review')
    await page.getByLabel('I approve it').check()
    await page.getByRole('button', { name: 'Say it' }).click()
    await page.getByText('Said. Thank you.').waitFor()
    expect(await page.locator('.lead').textContent()).toBe('Approved by 2 of 3, 1 asks for changes')
    await page.goto('/')
    expect(await page.getByText('waits for your review').count()).toBe(0)
  })
})

describe('A file', () => {
  test('is added, described, shown in place and removed, without scripts', async () => {
    const page = await browser.open(`/library/${slug}/attachments`, { as: 'editor', javaScriptEnabled: false })
    const files = [
      { name: 'pool.png', mimeType: 'text/html', buffer: Buffer.from(PIXEL, 'base64') },
      { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') },
      { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg onload="alert(1)"/>') },
    ]
    await page.getByLabel('Files', { exact: true }).setInputFiles(files)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    const rows = page.locator('.files > li')
    expect(await rows.count()).toBe(3)
    await rows.first().getByLabel('What it shows').fill('The pool over a day')
    await rows.first().getByRole('button', { name: 'Save what pool.png shows' }).click()
    expect(await rows.first().locator('img').getAttribute('alt')).toBe('The pool over a day')

    const headersOf = async (name: string) => {
      const address = await page.getByRole('link', { name, exact: true }).getAttribute('href')
      const { headers, status } = await server.ask(address ?? '', { as: 'member' })
      expect(status).toBe(200)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/sandbox$/)
      return { type: headers.get('content-type'), disposition: headers.get('content-disposition')?.split(';', 1)[0] }
    }
    expect(await headersOf('pool.png')).toEqual({ type: 'image/png', disposition: 'inline' })
    expect(await headersOf('page.html')).toEqual({ type: 'text/plain; charset=utf-8', disposition: 'attachment' })
    expect(await headersOf('drawing.svg')).toEqual({ type: 'image/svg+xml', disposition: 'attachment' })

    await page.getByRole('link', { name: 'Remove drawing.svg' }).click()
    await page.getByRole('button', { name: 'Remove it' }).click()
    await page.getByRole('heading', { name: 'Removed files' }).waitFor()
    expect(await rows.count()).toBe(2)
    await page.goto(`/library/${slug}/history`)
    expect(await page.getByText('drawing.svg').count()).toBe(1)
  })

  test('that is dropped on the form goes into its field', async () => {
    const page = await browser.open(`/library/${slug}/attachments`, { as: 'editor' })
    const field = page.getByLabel('Files', { exact: true })
    await field.evaluate(one => {
      const dropped = new DataTransfer()
      dropped.items.add(new File(['ERROR pool is full'], 'dropped.log', { type: 'text/plain' }))
      one.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: dropped }))
    })
    expect(await field.evaluate(one => [...((one as HTMLInputElement).files ?? [])].map(file => file.name))).toEqual([
      'dropped.log',
    ])
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('link', { name: 'dropped.log', exact: true }).waitFor()
  })

  test('that is too large is refused with 413, in words', async () => {
    const form = new FormData()
    form.append('files', new File([new Uint8Array(10 * 1024 * 1024 + 1).fill(97)], 'big.log'))
    const headers = { origin: server.url }
    const refused = await server.ask(`/library/${slug}/attachments`, { as: 'editor', body: form, headers })
    expect(refused.status).toBe(413)
    expect(await refused.text()).toContain('big.log has 10.0 MB. A file may have 10.0 MB')
  })
})
