/** The real production server on a free port, with a copy of the demo database and a data folder of its own. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import type { Clock } from '#app/platform/clock.ts'
import { type Env, readEnv } from '#app/platform/env.server.ts'
import { type Db, openDatabase } from '#db/index.server.ts'
import { DEMO_PASSWORD } from '#db/seeds/demo-organisation.server.ts'
import { listen, type Running } from '#scripts/server.ts'

export const ROLES = ['member', 'facilitator', 'editor', 'administrator'] as const
export type Role = (typeof ROLES)[number]
/** Everyone who may ask: the four roles and someone without an account. */
export const ASKERS = ['visitor', ...ROLES] as const
export type Asker = (typeof ASKERS)[number]

export const EMAILS: Record<Role, string> = {
  member: 'member@demo.candor.test',
  facilitator: 'facilitator@demo.candor.test',
  editor: 'editor@demo.candor.test',
  administrator: 'admin@demo.candor.test',
}
export const PASSWORD = DEMO_PASSWORD

export interface TestServer {
  url: string
  port: number
  running: Running
  dataDir: string
  /** Asks by HTTP, never following redirects. */
  ask(path: string, options?: Ask): Promise<Response>
  /** The Cookie header of a fresh or remembered session. */
  cookieOf(role: Role): Promise<string>
}

export interface Ask {
  as?: Asker
  method?: string
  headers?: Record<string, string>
  body?: string | URLSearchParams | FormData | Uint8Array<ArrayBuffer>
  /** A form, sent as the site's own page would send it. */
  form?: Record<string, string> | [string, string][]
  json?: unknown
}

interface Options {
  /** An empty database instead of the demo's. */
  isEmpty?: boolean
  /** Changes the database before the server opens it. */
  prepare?(db: Db, dataDir: string): Promise<void>
  env?: Partial<Env>
  /** What the server takes for now; its own clock without it. */
  clock?: Clock
}

/** Starts a server for this test file; it is stopped and its files are removed after the file's last test. */
export async function startServer({ isEmpty = false, prepare, env = {}, clock }: Options = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'candor-e2e-'))
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'candor.db')
  if (!isEmpty) copyFileSync(inject('demoDatabase'), file)
  if (prepare) {
    const db = openDatabase(`file:${file}`)
    await prepare(db, dataDir)
    await db.destroy()
  }
  process.env.NODE_ENV = 'production'
  const running = await listen(
    { ...readEnv({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' }), ...env },
    { isDemo: !isEmpty, clock },
  )
  afterAll(async () => {
    await running.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const cookies = new Map<Role, Promise<string>>()
  const cookieOf = (role: Role) => {
    const known = cookies.get(role) ?? signIn(running.url, EMAILS[role], PASSWORD)
    cookies.set(role, known)
    return known
  }
  return {
    url: running.url,
    port: running.port,
    running,
    dataDir,
    cookieOf,
    async ask(path, { as = 'visitor', form, json, body, headers = {}, method } = {}) {
      // Nothing is gained by compressing for a neighbour.
      const sent = new Headers({ 'accept-encoding': 'identity', ...headers })
      if (as !== 'visitor') sent.set('cookie', await cookieOf(as))
      let payload = body
      if (form) payload = new URLSearchParams(form)
      if (json !== undefined) {
        payload = JSON.stringify(json)
        sent.set('content-type', 'application/json')
      }
      const verb = method ?? (payload === undefined ? 'GET' : 'POST')
      if (form || (json !== undefined && as !== 'visitor')) if (!sent.has('origin')) sent.set('origin', running.url)
      return fetch(running.url + path, { method: verb, headers: sent, body: payload, redirect: 'manual' })
    },
  }
}

/** Signs in as the contract says for those without a browser. @returns the Cookie header. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const response = await fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: { origin: url },
    body: new URLSearchParams({ email, password }),
    redirect: 'manual',
  })
  const cookie = response.headers.getSetCookie().find(one => one.startsWith('candor_session='))
  if (!cookie) throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`)
  return cookie.split(';', 1)[0] as string
}
