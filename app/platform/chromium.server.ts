/** The one Chromium at a time that prints and photographs what Candor made itself. Without scripts, without a network. */
import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { AppError } from './errors.ts'

/** The path of a Chromium on this machine, or null. */
export async function findChromium(): Promise<string | null> {
  const usual = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find(path => path && existsSync(path))
  if (usual) return usual
  const { chromium } = await import('playwright-core')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}

/** More that wait are sent away. */
const MOST_WAITING = 8
const LIMIT_MS = 30_000

let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * Does `work` on an empty page, when everybody before has finished. Chromium is ended afterwards, whatever happened.
 * @throws AppError gone where no Chromium is found; too-many when too many wait or it takes longer than half a minute.
 */
export async function inChromium<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const executablePath = await findChromium()
  if (!executablePath) throw new AppError('gone', NO_CHROMIUM)
  if (waiting >= MOST_WAITING) throw new AppError('too-many', 'Others are printing. Please try again in a minute.')
  waiting++
  const turn = last.then(() => inOne(executablePath, work))
  last = turn.catch(() => undefined).finally(() => waiting--)
  return turn
}

const NO_CHROMIUM =
  'No Chromium was found on the server. Use your browser’s Print instead: it gives the same pages, and saves them as PDF. (For administrators: install Chromium, or set CHROMIUM_PATH.)'

async function inOne<T>(executablePath: string, work: (page: Page) => Promise<T>): Promise<T> {
  const { chromium } = await import('playwright-core')
  let browser: Browser | undefined
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('too-many', 'Printing took too long. Please try again in a minute.')),
      LIMIT_MS,
    )
  })
  const printed = (async () => {
    // It sees only pages made here, with everything that people wrote sanitised and no script run. The signals are ours.
    browser = await chromium.launch({
      executablePath,
      timeout: LIMIT_MS,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    })
    const context = await browser.newContext({ offline: true, javaScriptEnabled: false, deviceScaleFactor: 2 })
    await context.route('**/*', route => route.abort())
    return work(await context.newPage())
  })()
  try {
    return await Promise.race([printed, late])
  } finally {
    clearTimeout(timer)
    printed.catch(() => undefined)
    await browser?.close().catch(() => undefined)
  }
}
