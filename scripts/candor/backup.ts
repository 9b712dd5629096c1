import { existsSync, renameSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { readEnv } from '#app/platform/env.server.ts'
import { AppError } from '#app/platform/errors.ts'
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
      const db = openDatabase(readEnv(process.env).databaseUrl)
      try {
        await backupDatabase(db, file)
      } finally {
        await db.destroy()
      }
      const problem = await checkDatabaseFile(file)
      if (problem) throw new Error(`The copy is not sound (${problem}). Keep the original safe and look at the disk.`)
      console.log(`Backed up to ${file} and checked.`)
    })

  program
    .command('restore <file>')
    .description('put a backup in the place of the SQLite database')
    .option('--yes', 'do not ask')
    .action(async (given: string, options: { yes?: boolean }) => {
      const file = pathGiven(given)
      const url = readEnv(process.env).databaseUrl
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
      await putInPlace(file, target)
      console.log(`Restored. The former database is ${target}.before-restore`)
    })
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
