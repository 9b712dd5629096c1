/** Serves Candor: security headers, static files, plain handlers, then Remix. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { type Env, readEnv } from '#app/platform/env.server.ts'
import { announceSetUp, type ListenOptions, listen, type Running } from './server.ts'

export async function serve(env: Env, options: ListenOptions = {}): Promise<Running> {
  const running = await listen(env, { iKnow: process.argv.includes('--i-know'), jobs: true, ...options })
  const stop = (signal: string) => {
    running.site.log.info({ signal }, 'stopping')
    void running.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  return running
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.chdir(resolve(PROJECT_FOLDER))
  try {
    const env = readEnv(process.env)
    const running = await serve(env, { dev: process.argv.includes('--dev') })
    console.log(`Candor is ready at ${running.url}`)
    announceSetUp(running)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
