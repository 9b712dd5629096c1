/** `npm test`: types, lint, room tests on both databases, build, browser journeys. The last line counts. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.ts'

interface Outcome {
  passed: number
  failed: number
}

const folder = mkdtempSync(join(tmpdir(), 'candor-npm-test-'))
const outcomes: Outcome[] = []

outcomes.push(
  ...(await Promise.all([
    check('types', 'tsc', ['--noEmit']),
    check('lint', 'biome', ['check', '--error-on-warnings', '.']),
  ])),
)
outcomes.push(await vitest('rooms'))
outcomes.push(await check('build', process.execPath, ['scripts/prepare.mjs', 'build']))
outcomes.push(await attempt('browser', ensureChromium))
outcomes.push(await vitest('e2e'))
rmSync(folder, { recursive: true, force: true })

const passed = sum(outcome => outcome.passed)
const failed = sum(outcome => outcome.failed)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function sum(of: (outcome: Outcome) => number): number {
  return outcomes.reduce((total, outcome) => total + of(outcome), 0)
}

async function check(name: string, command: string, args: string[]): Promise<Outcome> {
  return attempt(name, async () => {
    const code = await run(command, args)
    if (code !== 0) throw new Error(`${command} ended with ${code}`)
  })
}

async function attempt(name: string, work: () => Promise<unknown>): Promise<Outcome> {
  const start = performance.now()
  try {
    await work()
    console.log(`✓ ${name} (${Math.round((performance.now() - start) / 100) / 10} s)`)
    return { passed: 1, failed: 0 }
  } catch (error) {
    console.log(`✗ ${name}: ${error instanceof Error ? error.message : error}`)
    return { passed: 0, failed: 1 }
  }
}

/** Runs one vitest project; tests that could not even start count as one failure. */
async function vitest(project: string): Promise<Outcome> {
  const report = join(folder, `${project}.json`)
  const code = await run('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
    const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || code !== 0 ? 1 : 0)
    return { passed: numPassedTests, failed }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function run(command: string, args: string[]): Promise<number> {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
    child.on('error', () => resolve(1))
    child.on('exit', code => resolve(code ?? 1))
  })
}
