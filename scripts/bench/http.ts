/** Asking pages as browsers do, and timing each answer; serving a folder's database to them. */
import { Agent, get } from 'node:http'
import type { Actor } from '#app/identity/actor.ts'
import { openSession, SESSION_COOKIE } from '#app/identity/auth.server.ts'
import { createReadyAccount } from '#app/identity/create-account.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { readEnv } from '#app/platform/env.server.ts'
import type { Db } from '#db/index.server.ts'

/** Makes an editor and signs them in. @returns their Cookie header. */
export async function cookieOfEditor(context: { db: Db; clock: Clock; actor: Actor }): Promise<string> {
  const accountId = await createReadyAccount(context, {
    name: 'Bench',
    email: 'bench@candor.test',
    role: 'editor',
    passwordHash: 'nobody signs in with this',
  })
  const setCookie = await openSession({ ...context, origin: null }, accountId, 'bench')
  return new RegExp(`${SESSION_COOKIE}=[^;]+`).exec(setCookie)?.[0] ?? ''
}

/** Serves a database until the process is told to stop. */
export async function serve(folder: string, databaseUrl: string): Promise<{ url: string }> {
  const { listen } = await import('../server.ts')
  const running = await listen(readEnv({ PORT: '0', DATA_DIR: folder, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' }))
  process.once('SIGTERM', () => void running.close().then(() => process.exit(0)))
  return { url: running.url }
}

/** Fetches pages as a browser does, each read to its end. */
export function asker(url: string, cookie: string, clients: number): (path: string) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const headers = { cookie, accept: 'text/html', 'accept-encoding': 'gzip' }
  return path =>
    new Promise((resolve, reject) => {
      get(`${url}${path}`, { agent, headers }, response => {
        response.resume()
        response.once('error', reject)
        response.once('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`${path} was answered with ${response.statusCode}`)),
        )
      }).once('error', reject)
    })
}

/** Milliseconds of each, asked for by so many clients, each waiting for its answer before the next. */
export async function timeEach<T>(
  all: readonly T[],
  clients: number,
  ask: (one: T) => Promise<unknown> | unknown,
): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const client = async (): Promise<void> => {
    while (next < all.length) {
      const one = all[next++] as T
      const start = performance.now()
      await ask(one)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times
}

export async function inPasses(passes: number, pass: () => Promise<number[]>): Promise<number[][]> {
  const times: number[][] = []
  for (let number = 0; number < passes; number++) times.push(await pass())
  return times
}
