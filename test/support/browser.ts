/** One real Chromium for a test file, with a signed-in context per role. What a browser complains of fails the test. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import { ensureChromium } from '#scripts/chromium.ts'
import { type Asker, EMAILS, PASSWORD, type TestServer } from './server.ts'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export interface Visit extends BrowserContextOptions {
  as?: Asker
}

export interface TestBrowser {
  /** A page in a context of its own, closed after the test unless `keep`. */
  open(path: string, options?: Visit): Promise<Page>
  /** A context of its own, signed in; whoever asks for it closes it. */
  context(options?: Visit): Promise<BrowserContext>
  /** Lets the complaints of this test that match pass: an error page on purpose, say. */
  allow(complaint: RegExp): void
}

export async function startBrowser(server: TestServer): Promise<TestBrowser> {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ARGUMENTS })
  const states = new Map<Asker, Awaited<ReturnType<BrowserContext['storageState']>>>()
  const complaints: string[] = []
  let allowed: RegExp[] = []
  const opened: BrowserContext[] = []

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(context => context.close()))
    const unexpected = complaints.splice(0).filter(complaint => !allowed.some(pattern => pattern.test(complaint)))
    allowed = []
    expect(unexpected.join('\n'), 'the browser complained').toBe('')
  })
  afterAll(() => browser.close())

  async function context({ as = 'visitor', ...options }: Visit = {}): Promise<BrowserContext> {
    if (as !== 'visitor' && !states.has(as)) states.set(as, await signInByForm(browser, server, as))
    const made = await browser.newContext({
      baseURL: server.url,
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      storageState: states.get(as),
      ...options,
    })
    made.setDefaultTimeout(20_000)
    made.on('page', page => {
      page.on('console', message => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`)
      })
      page.on('pageerror', error => complaints.push(`error: ${error.message}`))
      page.on('dialog', dialog => {
        complaints.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
    })
    return made
  }

  return {
    context,
    async open(path, options) {
      const made = await context(options)
      opened.push(made)
      const page = await made.newPage()
      await page.goto(path)
      if (options?.javaScriptEnabled !== false) await page.waitForFunction(isHydrated)
      return page
    },
    allow: complaint => allowed.push(complaint),
  }
}

/** React has taken over: keys and menus work from here on. */
function isHydrated(): boolean {
  const main = document.querySelector('main') ?? document.body
  return Object.keys(main).some(key => key.startsWith('__reactProps'))
}

async function signInByForm(browser: Browser, server: TestServer, as: Exclude<Asker, 'visitor'>) {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(EMAILS[as])
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(url => url.pathname === '/')
  const state = await context.storageState()
  await context.close()
  return state
}
