/** Finds a Chromium for the browser tests, or installs one. */
import { spawnSync } from 'node:child_process'
import { findChromium } from '#app/platform/chromium.server.ts'

/** @throws Error saying what to install when none can be had. */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium()
  if (found) return found
  console.log('No Chromium found (CHROMIUM_PATH, /usr/bin/chromium, Playwright’s own); installing one …')
  const attempts: [string, string[]][] = [
    ['npx', ['playwright-core', 'install', '--with-deps', 'chromium']],
    ['apt-get', ['update', '-qq']],
    ['apt-get', ['install', '-y', '-qq', 'chromium']],
  ]
  for (const [command, args] of attempts) {
    spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 })
    const installed = await findChromium()
    if (installed) return installed
  }
  throw new Error('Chromium is needed for the browser tests. Install it and set CHROMIUM_PATH.')
}
