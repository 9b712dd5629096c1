/**
 * One side of the bench on live forums, in a process of its own:
 * `prepare <folder> <database url> <people>` makes a forum and signs so many people in;
 * `serve <folder> <database url> <port>` serves it until it is told to stop. Prints its answer as JSON.
 */
import { addItem } from '#app/forums/change-agenda.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { importAnything } from '#app/home/import-anything.server.ts'
import type { Role } from '#app/identity/actor.ts'
import { openSession, SESSION_COOKIE, terminalActor } from '#app/identity/auth.server.ts'
import { createReadyAccount } from '#app/identity/create-account.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { memoryAt } from './live-memory.ts'

const [act, folder, databaseUrl, number] = process.argv.slice(2) as [string, string, string, string]

const INCIDENTS = `key,title,severity,started_at,resolved_at
BENCH-1,The first,SEV-2,2026-01-05T10:00:00Z,2026-01-05T12:00:00Z
BENCH-2,The second,SEV-2,2026-01-06T10:00:00Z,2026-01-06T12:00:00Z
`

async function prepare() {
  const db = openDatabase(databaseUrl)
  await prepareDatabase({ db, clock: systemClock })
  const context = { db, clock: systemClock, actor: terminalActor(), origin: null }
  const signedIn = async (name: string, role: Role) => {
    const email = `${name}@candor.test`
    const account = { name, email, role, passwordHash: 'nobody signs in with this' }
    const setCookie = await openSession(context, await createReadyAccount(context, account), 'bench')
    return new RegExp(`${SESSION_COOKIE}=[^;]+`).exec(setCookie)?.[0] ?? ''
  }
  await importAnything(context, 'incidents', [{ name: 'incidents.csv', bytes: Buffer.from(INCIDENTS) }])
  const boss = await signedIn('boss', 'facilitator')
  const cookies: string[] = []
  for (let n = 0; n < Number(number); n++) cookies.push(await signedIn(`viewer-${n}`, 'member'))
  const forum = await createForum(context, {
    title: 'Bench',
    startsAt: new Date(Date.now() + 60_000).toISOString(),
    timeZone: 'UTC',
    place: 'Here',
    callUrl: '',
  })
  for (const subject of ['BENCH-1', 'BENCH-2']) await addItem(context, { forumId: forum, subject })
  await db.destroy()
  return { forum, boss, cookies }
}

async function serve() {
  const { listen } = await import('../server.ts')
  const running = await listen(
    readEnv({ PORT: number, DATA_DIR: folder, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' }),
  )
  process.once('SIGTERM', () => void running.close().then(() => process.exit(0)))
  return { url: `http://127.0.0.1:${running.port}`, pid: process.pid, memory: await memoryAt() }
}

const acts: Record<string, () => Promise<object>> = { prepare, serve }
console.log(JSON.stringify(await acts[act]!()))
