/** The `candor` command line: the same use-cases from a terminal. Exit 0 done, 1 refused by the data, 2 wrong usage. */
import { Command, CommanderError } from 'commander'
import { AppError } from '#app/platform/errors.ts'
import { addBackup } from './candor/backup.ts'
import { addBallot } from './candor/ballot.ts'
import { addBulletin } from './candor/bulletin.ts'
import { addExport } from './candor/export.ts'
import { addIdentity } from './candor/identity.ts'
import { addImport } from './candor/import.ts'
import { addLibrary } from './candor/library.ts'
import { addReport } from './candor/report.ts'
import { addWave } from './candor/wave.ts'

const program = new Command('candor')
  .description('Candor from a terminal. The database is the one that DATABASE_URL or DATA_DIR names.')
  .exitOverride()
  .showHelpAfterError('(add --help for how to use it)')
  .addHelpText('after', '\nExit status: 0 done, 1 refused by the data, 2 wrong usage.')

for (const add of [
  addLibrary,
  addImport,
  addExport,
  addReport,
  addIdentity,
  addWave,
  addBackup,
  addBallot,
  addBulletin,
])
  add(program)
for (const command of program.commands) command.exitOverride()

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof AppError) {
    console.error(error.message)
    for (const field of error.errors)
      if (field.message !== error.message) console.error(`  ${field.path}: ${field.message}`)
    return 1
  }
  console.error(error instanceof Error ? error.message : error)
  return 1
}
