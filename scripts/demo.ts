/** `npm run demo`: a seeded organisation in a database of its own, served. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '#app/platform/clock.ts'
import { type Env, readEnv } from '#app/platform/env.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import type { KeyPlace } from '#app/surveys/wave-keys.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { DEMO_LOGINS, DEMO_PASSWORD, DEMO_TOKEN, seedDemo } from '#db/seeds/demo-organisation.server.ts'
import { serve } from './serve.ts'
import { LOOPBACK } from './server.ts'

/** Seeds `file` if it is absent, with keys of its waves beside it. What was seeded half-way is never left under that name. */
export async function ensureDemoDatabase(file: string, keys: KeyPlace): Promise<boolean> {
  if (existsSync(file)) return false
  const unfinished = `${file}.unfinished`
  for (const ending of ['', '-wal', '-shm']) rmSync(unfinished + ending, { force: true })
  const db = openDatabase(`file:${unfinished}`)
  try {
    await prepareDatabase({ db, clock: systemClock })
    await seedDemo({ db, clock: systemClock, keys })
  } finally {
    await db.destroy()
  }
  renameSync(unfinished, file)
  return true
}

async function main(): Promise<void> {
  const env: Env = { ...readEnv({ LOG_LEVEL: 'warn', ...process.env }) }
  if (!LOOPBACK.has(env.host) && !process.argv.includes('--i-know')) {
    console.error(
      `The demo has well-known passwords, so it is served on this machine only. HOST is ${env.host}: unset it, or add "-- --i-know" if everyone who reaches it may be its administrator.`,
    )
    process.exit(2)
  }
  mkdirSync(env.dataDir, { recursive: true, mode: 0o700 })
  const file = join(env.dataDir, 'demo.db')
  if (!existsSync(file)) console.log('Seeding the demo organisation …')
  await ensureDemoDatabase(file, env)
  const running = await serve({ ...env, databaseUrl: `file:${file}` }, { isDemo: true })
  console.log(`Candor is ready at ${running.url}`)
  console.log('')
  for (const { email, role } of DEMO_LOGINS) console.log(`  ${email.padEnd(32)} ${DEMO_PASSWORD}   ${role}`)
  console.log(`\n  API token: ${DEMO_TOKEN}`)
}

await main().catch(error => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
