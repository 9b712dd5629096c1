/** Starting, being asked how one is, and stopping: the programs behind `npm start` and `npm run demo`. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest'
import { readEnv } from '#app/platform/env.server.ts'
import { DEMO_TOKEN } from '#db/seeds/demo-organisation.server.ts'
import { run, type Started, start } from '#test/support/command.ts'
import { startServer } from '#test/support/server.ts'

const folders: string[] = []
const started: Started[] = []
const READY = /Candor is ready at (http:\/\/localhost:(\d+))/

afterEach(async () => {
  for (const one of started.splice(0)) {
    if (one.process.exitCode === null) one.process.kill('SIGKILL')
    await one.finished
  }
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function dataFolder({ withDemo = false } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'candor-start-'))
  folders.push(folder)
  if (withDemo) copyFileSync(inject('demoDatabase'), join(folder, 'demo.db'))
  return folder
}

function begin(...given: Parameters<typeof start>): Started {
  const one = start(...given)
  started.push(one)
  return one
}

describe('The demo', () => {
  test('is ready within five seconds when its database is there, and says how to come in', async () => {
    const folder = dataFolder({ withDemo: true })
    let best = Number.POSITIVE_INFINITY
    // Where other work slows the machine down, what counts is the work of the start itself.
    for (let attempt = 0; attempt < 2 && best > 5_000; attempt++) {
      const begun = performance.now()
      const demo = begin('demo.ts', [], { DATA_DIR: folder, PORT: '0' })
      const [, url = ''] = await demo.says(READY)
      best = Math.min(best, performance.now() - begun, workOf(demo))
      await demo.says(new RegExp(`API token: ${DEMO_TOKEN}`))
      for (const who of ['admin', 'facilitator', 'editor', 'member'])
        expect(demo.output()).toMatch(new RegExp(`${who}@demo\\.candor\\.test\\s+candor-demo`))
      const answer = await fetch(`${url}/api/v1/themes`, { headers: { authorization: `Bearer ${DEMO_TOKEN}` } })
      expect(answer.status).toBe(200)
      demo.process.kill('SIGTERM')
      expect((await demo.finished).code).toBe(0)
    }
    expect(best).toBeLessThan(5_000)
  })

  test('is not served to other machines, unless one knows what that means', async () => {
    const folder = dataFolder({ withDemo: true })
    const refused = await run('demo.ts', [], { DATA_DIR: folder, PORT: '0', HOST: '0.0.0.0' })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('HOST is 0.0.0.0')
    expect(refused.stderr).toContain('--i-know')
    const knowing = begin('demo.ts', ['--i-know'], { DATA_DIR: folder, PORT: '0', HOST: '0.0.0.0' })
    await knowing.says(READY)
  })

  test('its data are not served to other machines by `npm start` either', async () => {
    const folder = dataFolder({ withDemo: true })
    const env = { DATA_DIR: folder, DATABASE_URL: `file:${join(folder, 'demo.db')}`, PORT: '0', HOST: '0.0.0.0' }
    const refused = await run('serve.ts', [], env)
    expect(refused.code).not.toBe(0)
    expect(refused.stderr).toContain('--i-know')
    const own = begin('serve.ts', [], { ...env, HOST: '127.0.0.1' })
    await own.says(READY)
  })
})

/** Milliseconds that a program has worked so far, where the system tells (Linux, in hundredths of a second). */
function workOf({ process: { pid } }: Started): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

describe('A first start', () => {
  test('makes its folder and database, and prints where to set up, with a one-time code', async () => {
    const folder = join(dataFolder(), 'new', 'place')
    const server = begin('serve.ts', [], { DATA_DIR: folder, PORT: '0' })
    const [, url = ''] = await server.says(READY)
    await server.says(/\/set-up and enter this one-time code: \S{6,}/)
    expect(existsSync(join(folder, 'candor.db'))).toBe(true)
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('alive\n')
    expect(await (await fetch(`${url}/readyz`)).text()).toBe('ready\n')
  })

  test('of two at once on the same database ends with both ready', async () => {
    const env = { DATA_DIR: dataFolder(), PORT: '0' }
    const both = [begin('serve.ts', [], env), begin('serve.ts', [], env)]
    for (const one of both) {
      const [, url] = await one.says(READY)
      expect((await fetch(`${url}/readyz`)).status).toBe(200)
    }
  })
})

describe('An environment that cannot be used', () => {
  test.each([
    ['PORT', 'banana'],
    ['PORT', '70000'],
    ['ORIGIN', 'candor.example.org'],
    ['DATABASE_URL', 'mysql://localhost/candor'],
    ['SMTP_URL', 'mail.example.org'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'everybody'],
  ])('%s=%s is named', (name, value) => {
    expect(() => readEnv({ [name]: value })).toThrow(
      new RegExp(`^The environment has values that Candor cannot use:\\n {2}${name}: .{5,}$`),
    )
  })

  test('is named whole, not one variable at a time, and nothing starts', async () => {
    const env = { DATA_DIR: dataFolder(), PORT: 'banana', LOG_LEVEL: 'loud' }
    const { code, stdout, stderr } = await run('serve.ts', [], env)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^The environment has values that Candor cannot use:\n {2}PORT: .+\n {2}LOG_LEVEL: .+\n$/)
  })

  test('a port that is taken, a database that nobody answers at: said in words', async () => {
    const server = await startServer({ isEmpty: true })
    const taken = await run('serve.ts', [], { DATA_DIR: dataFolder(), PORT: String(server.port) })
    expect(taken.code).toBe(1)
    expect(taken.stderr).toBe(`Port ${server.port} is taken. Set PORT to another one.\n`)
    const silent = await run('serve.ts', [], {
      DATA_DIR: dataFolder(),
      PORT: '0',
      DATABASE_URL: 'postgres://127.0.0.1:1/x',
    })
    expect(silent.code).toBe(1)
    expect(silent.stderr).toMatch(/DATABASE_URL|database/i)
    expect(silent.stderr).not.toMatch(/\n\s+at /)
  })
})

describe('Stopping', () => {
  test('on SIGTERM lets a request end that is on its way, and takes no other', async () => {
    const demo = begin('demo.ts', [], { DATA_DIR: dataFolder({ withDemo: true }), PORT: '0' })
    const [, url = ''] = await demo.says(READY)
    const headers = { authorization: `Bearer ${DEMO_TOKEN}` }
    const onItsWay = fetch(`${url}/library/export/markdown`, { headers })
    await (await fetch(`${url}/healthz`)).text()
    demo.process.kill('SIGTERM')
    const answer = await onItsWay
    expect(answer.status).toBe(200)
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(10_000)
    const begun = performance.now()
    expect((await demo.finished).code).toBe(0)
    expect(performance.now() - begun).toBeLessThan(5_000)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })
})

describe('A bearer token', () => {
  test('may ask fifty times a second without being slowed, and hears when it asks too much', async () => {
    const server = await startServer()
    const headers = { authorization: `Bearer ${DEMO_TOKEN}` }
    const ask = () => server.ask('/api/v1/teams', { headers })
    const within = await Promise.all(Array.from({ length: 50 }, ask))
    expect(within.map(answer => answer.status)).toEqual(Array(50).fill(200))
    const begun = performance.now()
    const beyond = await Promise.all(Array.from({ length: 400 }, ask))
    const perSecond = 400 / ((performance.now() - begun) / 1000)
    const slowed = beyond.filter(answer => answer.status === 429)
    // A machine that is too slow to exceed the limit has nothing to say about it.
    if (perSecond < 150) return
    expect(slowed.length).toBeGreaterThan(0)
    expect(slowed[0]?.headers.get('retry-after')).toBe('1')
    expect(slowed[0]?.headers.get('content-type')).toBe('application/problem+json')
    await new Promise(resolve => setTimeout(resolve, 1_100))
    expect((await ask()).status).toBe(200)
  })
})
