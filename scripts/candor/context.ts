/** What every verb opens and closes again. */
import { resolve } from 'node:path'
import type { Actor } from '#app/identity/actor.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { type Clock, systemClock } from '#app/platform/clock.ts'
import { type Env, readEnv } from '#app/platform/env.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { type Db, type MigrationReport, openDatabase } from '#db/index.server.ts'

export interface TerminalContext {
  db: Db
  clock: Clock
  actor: Actor
  env: Env
  migrated: MigrationReport
}

/** Opens the configured database, migrated, runs `work` as the terminal, and closes it whatever happens. */
export async function withSite<T>(work: (context: TerminalContext) => Promise<T>): Promise<T> {
  const env = readEnv(process.env)
  const db = openDatabase(env.databaseUrl)
  try {
    const migrated = await prepareDatabase({ db, clock: systemClock })
    return await work({ db, clock: systemClock, actor: terminalActor(), env, migrated })
  } finally {
    await db.destroy()
  }
}

/** All of standard input as text. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** A path as the person meant it: npm runs scripts in the project's folder, wherever they were called from. */
export function pathGiven(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path)
}
