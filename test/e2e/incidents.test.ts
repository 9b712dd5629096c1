/** An incident from its first minute to its end, as two people live it, by keyboard. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startBrowser } from '#test/support/browser.ts'
import { startServer } from '#test/support/server.ts'

const server = await startServer()
const browser = await startBrowser(server)

async function pressOn(page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> {
  const target = page.locator('main').getByRole(role, { name })
  await target.focus()
  await page.keyboard.press('Enter')
}

async function type(page: Page, name: string, text: string, role: 'textbox' | 'searchbox' = 'textbox'): Promise<void> {
  await page.locator('main').getByRole(role, { name }).focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}

describe('An incident', () => {
  test('is recorded, told about, handed over and resolved', async () => {
    browser.allow(/status of 400/)
    const page = await browser.open('/incidents', { as: 'member' })
    await pressOn(page, 'link', 'Record an incident')
    await page.waitForURL('**/incidents/new')
    await type(page, 'Title', 'Lockers do not open')
    await page.getByRole('radio', { name: /SEV-3/ }).focus()
    await page.keyboard.press('Space')
    await page.getByLabel('Detected', { exact: true }).fill('2026-03-04T12:00')
    await page.getByLabel('Resolved', { exact: true }).fill('2026-03-04T11:00')
    await pressOn(page, 'button', 'Record the incident')
    await page.getByRole('alert').waitFor()
    expect(await page.locator('#field-resolvedAt').getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => page.locator('main').textContent()).toContain('Resolved is before detected.')
    expect(await page.getByLabel('Title').inputValue(), 'what was typed is there').toBe('Lockers do not open')
    await page.getByLabel('Resolved', { exact: true }).fill('')
    await page.getByLabel('Detected', { exact: true }).fill('')
    await pressOn(page, 'button', 'Record the incident')
    await page.waitForURL(/\/incidents\/INC-\d+$/)
    const address = new URL(page.url()).pathname

    await pressOn(page, 'button', /^Take it.*communications lead$/)
    await page.getByRole('link', { name: 'Hand over' }).waitFor()
    await page.getByText('Due by').waitFor()
    await type(page, 'Update', 'Parcels wait **behind** their doors.')
    await pressOn(page, 'button', 'Post the update')
    await page.getByText('Parcels wait behind their doors.').waitFor()

    await page.goto(`${address}/edit`)
    await page.getByRole('radio', { name: /SEV-2/ }).focus()
    await page.keyboard.press('Space')
    await pressOn(page, 'button', 'Save')
    await page.getByRole('alert').waitFor()
    await type(page, 'Why another severity', 'All cities, not one.')
    await pressOn(page, 'button', 'Save')
    await page.waitForURL(`**${address}`)
    await expect
      .poll(() => page.locator('.incident-timeline').textContent())
      .toContain('SEV-3 → SEV-2: All cities, not one.')

    await pressOn(page, 'link', 'Hand over')
    await page.waitForURL(`**${address}/handoff`)
    await page.getByLabel('Who takes over').selectOption({ label: 'Mira Kessler, Checkout' })
    await type(page, 'Current state', 'One update is out.')
    await page.evaluate(() => {
      for (const form of document.querySelectorAll('form')) form.noValidate = true
    })
    await pressOn(page, 'button', 'Send the handoff')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').getByRole('link').count(), 'four parts are missing').toBe(4)
    for (const part of ['hypotheses', 'rollbacks', 'nextSteps', 'risks']) {
      await page.locator(`#${part}-nothing`).focus()
      await page.keyboard.press('Space')
    }
    await pressOn(page, 'button', 'Send the handoff')
    await page.waitForURL(`**${address}/handoffs/*`)
    expect(await page.getByLabel('The handoff as Markdown').inputValue()).toContain(
      '**Current state**\nOne update is out.',
    )

    const other = await browser.open(address, { as: 'facilitator' })
    await pressOn(other, 'link', 'Read the handoff and answer')
    await other.waitForURL(`**${address}/handoffs/*`)
    await pressOn(other, 'button', 'Accept')
    await other.waitForURL(`**${address}`)
    await expect
      .poll(() => other.locator('.role-list').textContent())
      .toContain('communications leadMira Kessler took over')

    await other.goto(`${address}/edit`)
    await other.getByRole('checkbox', { name: 'It is over, and nobody knows since when' }).focus()
    await other.keyboard.press('Space')
    await pressOn(other, 'button', 'Save')
    await other.waitForURL(`**${address}`)
    await expect.poll(() => other.locator('.incident-meta').textContent()).toContain('resolved')
    expect(await other.getByText('Due by').count()).toBe(0)
  })

  test('is found by what it is narrowed by, without scripts too', async () => {
    const page = await browser.open('/incidents', { as: 'member', javaScriptEnabled: false })
    await page.getByLabel('Severity').selectOption('SEV-1')
    await page.getByLabel('Service').selectOption('checkout')
    await page.getByRole('button', { name: 'Show' }).click()
    await page.waitForURL(/severity=SEV-1&.*service=checkout/)
    await expect.poll(() => page.locator('.incident-table tbody tr').count()).toBeGreaterThan(1)
    expect(await page.locator('.incident-table .sev').allTextContents()).not.toContain('SEV-2')
    expect(await page.getByRole('img', { name: /incidents from .* to/ }).count()).toBe(1)
  })
})

describe('A near miss', () => {
  test('is reported without a name and found by a word', async () => {
    const page = await browser.open('/near-misses/new', { as: 'editor' })
    await type(page, 'What nearly happened', 'The quokka queue was nearly emptied')
    await type(page, 'How it came about', 'Two buttons side by side.')
    await pressOn(page, 'button', 'Report it')
    await page.waitForURL('**/near-misses?reported=1')
    await type(page, 'Find near misses by their words', 'quok', 'searchbox')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=quok/)
    await expect.poll(() => page.locator('.near-misses li').count()).toBe(1)
    await expect.poll(() => page.locator('.near-misses').textContent()).toContain('reported without a name')
  })
})
