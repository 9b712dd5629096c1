import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Argument, type Command } from 'commander'
import { IMPORT_KINDS, type ImportKind, importAnything } from '#app/home/import-anything.server.ts'
import { AppError } from '#app/platform/errors.ts'
import type { ImportReport } from '#app/postmortems/import-postmortems.server.ts'
import { pathGiven, withSite } from './context.ts'

export function addImport(program: Command): void {
  program
    .command('import')
    .description(`import ${IMPORT_KINDS.join(', ')} from files and folders`)
    .addArgument(new Argument('<kind>', 'what is in the files').choices(IMPORT_KINDS))
    .argument('<path...>', 'files, or folders with all below them')
    .option('--dry-run', 'report what would happen, change nothing')
    .option('--json', 'print the report as the API gives it')
    .action((kind: ImportKind, paths: string[], options: { dryRun?: boolean; json?: boolean }) =>
      withSite(async context => {
        const files = paths
          .map(pathGiven)
          .flatMap(filesUnder)
          .map(path => ({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }))
        if (files.length === 0) throw new AppError('invalid', 'There are no files there.')
        const showProgress = !options.json && process.stderr.isTTY
        const report = await importAnything(context, kind, files, {
          dryRun: options.dryRun,
          onProgress: done => void (showProgress && process.stderr.write(`\r${done} records`)),
        })
        if (options.json) console.log(JSON.stringify(report))
        else print(report, options.dryRun ?? false)
        if (report.rejected > 0) process.exitCode = 1
      }),
    )
}

/** Files of a folder and of those below it, in the order of their names; hidden ones are left out. */
function filesUnder(path: string): string[] {
  let stat: ReturnType<typeof statSync>
  try {
    stat = statSync(path)
  } catch {
    throw new AppError('invalid', `${path} does not exist or cannot be read.`)
  }
  if (!stat.isDirectory()) return [path]
  return readdirSync(path)
    .filter(name => !name.startsWith('.'))
    .sort()
    .flatMap(name => filesUnder(join(path, name)))
}

function print(report: ImportReport, dryRun: boolean): void {
  console.log(
    `${dryRun ? 'Would be: ' : ''}${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.rejected} rejected`,
  )
  for (const { line, column, message } of report.errors)
    console.error(
      `${line === null ? '' : `line ${line}`}${column === null ? '' : `, column ${column}`}${line === null && column === null ? '' : ': '}${message}`,
    )
  for (const note of report.notes) console.log(`  note: ${note}`)
}
