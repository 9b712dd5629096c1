import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { type Env, readEnv } from '#app/platform/env.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { abandonRestoredWaves, unfinishedWaves } from '#app/surveys/abandon-wave.server.ts'
import { destroyKeys, type KeyedWave } from '#app/surveys/wave-keys.server.ts'
import {
  backupDatabase,
  checkDatabaseFile,
  copyDatabaseFile,
  filePath,
  isInUse,
  openDatabase,
} from '#db/index.server.ts'
import { pathGiven } from './context.ts'

export function addBackup(program: Command): void {
  program
    .command('backup <file>')
    .description('make a consistent copy of the live SQLite database and check it')
    .action(async (given: string) => {
      const file = pathGiven(given)
      if (existsSync(file))
        throw new AppError('conflict', `${file} exists. Choose another name; a backup is never overwritten.`)
      const env = readEnv(process.env)
      const db = openDatabase(env.databaseUrl)
      try {
        await backupDatabase(db, file)
      } finally {
        await db.destroy()
      }
      const problem = await checkDatabaseFile(file)
      if (problem) throw new Error(`The copy is not sound (${problem}). Keep the original safe and look at the disk.`)
      const folder = attachmentsIn(env)
      if (existsSync(folder)) cpSync(folder, filesOf(file), { recursive: true })
      console.log(`Backed up to ${file} and checked.`)
      if (existsSync(folder)) console.log(`The files beside postmortems are in ${filesOf(file)}`)
    })

  program
    .command('restore <file>')
    .description('put a backup in the place of the SQLite database')
    .option('--yes', 'do not ask')
    .action(async (given: string, options: { yes?: boolean }) => {
      const file = pathGiven(given)
      const env = readEnv(process.env)
      const url = env.databaseUrl
      if (!url.startsWith('file:')) throw new AppError('invalid', 'On PostgreSQL use pg_restore: see README, "Backup".')
      if (!existsSync(file)) throw new AppError('invalid', `${file} does not exist.`)
      const problem = await checkDatabaseFile(file)
      if (problem) throw new AppError('invalid', `${file} is not a sound backup of Candor: ${problem}.`)
      const target = filePath(url)
      if (await isInUse(target)) throw new AppError('conflict', 'Candor is running on this database. Stop it first.')
      if (
        !options.yes &&
        !(await agreed(`Replace ${target} by ${file}? What is in it now is kept as ${target}.before-restore. [y/N] `))
      ) {
        console.log('Nothing was changed.')
        return
      }
      const replaced = await wavesOpenIn(env, target)
      await putInPlace(file, target)
      // Each is named by what is in it, so that those of the backup and those that are here never differ.
      if (existsSync(filesOf(file))) cpSync(filesOf(file), attachmentsIn(env), { recursive: true })
      const abandoned = await abandonOpenWaves(env)
      // What was answered in the replaced database must not be readable from the copy that is kept of it.
      for (const wave of replaced) destroyKeys(env.dataDir, wave)
      console.log(`Restored. The former database is ${target}.before-restore`)
      for (const title of abandoned)
        console.log(
          `The wave "${title}" was open in this backup and is abandoned: its keys are never in a backup, and what was collected and answered since is not in this one.`,
        )
    })
}

async function wavesOpenIn({ databaseUrl }: Env, target: string): Promise<KeyedWave[]> {
  if (!existsSync(target)) return []
  const db = openDatabase(databaseUrl)
  try {
    return await unfinishedWaves(db)
  } finally {
    await db.destroy()
  }
}

/** @returns their titles. */
async function abandonOpenWaves({ databaseUrl, dataDir, origin }: Env): Promise<string[]> {
  const db = openDatabase(databaseUrl)
  try {
    await prepareDatabase({ db, clock: systemClock })
    return await abandonRestoredWaves({ db, clock: systemClock, actor: terminalActor(), dataDir, origin })
  } finally {
    await db.destroy()
  }
}

/** Where the files beside postmortems go in a backup. */
function filesOf(backup: string): string {
  return `${backup}.attachments`
}

function attachmentsIn(env: Env): string {
  return join(env.dataDir, 'attachments')
}

async function putInPlace(backup: string, target: string): Promise<void> {
  const incoming = `${target}.incoming`
  await copyDatabaseFile(backup, incoming)
  for (const ending of ['', '-wal', '-shm']) {
    rmSync(`${target}.before-restore${ending}`, { force: true })
    if (existsSync(target + ending)) renameSync(target + ending, `${target}.before-restore${ending}`)
  }
  renameSync(incoming, target)
}

async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new AppError('invalid', 'Nobody is here to ask. Add --yes if you mean it.')
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question(question)
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}
