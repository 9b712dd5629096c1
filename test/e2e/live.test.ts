/** A whole forum at its board: three people, three items, the facilitator by keyboard alone. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

async function readyForum(): Promise<string> {
  const { items } = await (await server.ask('/api/v1/forums?limit=200', { as: 'facilitator' })).json()
  return items.find((one: { state: string }) => one.state === 'ready').id
}

test('three people run a forum of three items and leave its record', async () => {
  // The next key may come before the page has been loaded anew for the one before: the board is ahead of it.
  browser.allow(/AbortError: signal is aborted/)
  const id = await readyForum()
  const address = `/forums/${id}/live`
  const facilitator = await browser.open(address, { as: 'facilitator' })
  const member = await browser.open(address, { as: 'member' })
  const editor = await browser.open(address, { as: 'editor' })
  const says = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()
  await Promise.all([facilitator, member, editor].map(page => says(page, 'in step with the server')))
  expect(await member.getByRole('button', { name: 'Begin the forum' }).count()).toBe(0)

  await facilitator.getByRole('button', { name: 'Begin the forum' }).focus()
  await facilitator.keyboard.press('Enter')
  await Promise.all([says(member, 'Ask what and how'), says(editor, 'Ask what and how')])
  const board = facilitator.locator('.board .eyebrow')
  const press = async (key: string, phase: string) => {
    await facilitator.locator('body').evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await facilitator.keyboard.press(key)
    for (const page of [facilitator, member, editor])
      await page.locator('.board .eyebrow', { hasText: phase }).waitFor()
  }
  for (let item = 0; item < 3; item++) {
    await press('n', 'Context')
    await press('n', 'Discussion')
    if (item === 0) {
      await member.getByLabel('Note', { exact: true }).fill('Nobody owns the default.')
      await member.getByRole('button', { name: 'Note it' }).press('Enter')
      await says(editor, 'Nobody owns the default.')
      await facilitator.getByRole('button', { name: 'action' }).focus()
      await facilitator.keyboard.press('Enter')
      await editor.getByRole('heading', { name: 'Proposed actions' }).waitFor()
    }
    await press('n', 'Capture')
  }
  await press('n', 'Patterns')
  expect(await board.textContent()).toBe('Patterns and closing')
  await facilitator.locator('.finish summary').focus()
  await facilitator.keyboard.press('Enter')
  await facilitator.getByRole('button', { name: 'Finish the forum' }).press('Enter')
  await Promise.all([facilitator, member, editor].map(page => says(page, 'This forum is over.')))
  await member.getByRole('link', { name: 'Read its record' }).click()
  await says(member, 'Nobody owns the default.')
})
