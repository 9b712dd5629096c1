/**
 * One import in a process of its own: `bare|candor <folder or file with the texts> <database> <expected number>`.
 * Prints the cost as JSON.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { fillBare, openBare } from './bare-library.ts'
import type { PlainRow } from './corpus.ts'
import { costOf } from './measure.ts'

/** As many postmortems as Candor writes in one transaction. */
const BATCH = 100

const [kind, source, database, expected] = process.argv.slice(2) as [string, string, string, string]

/** Rows that lie ready in memory: the time is the database's alone. */
async function bare() {
  const rows = readFileSync(source, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as PlainRow)
  const db = openBare(database)
  const cost = await costOf(() => fillBare(db, rows, BATCH))
  check((db.prepare('select count(*) as n from postmortems_fts').get() as { n: number }).n)
  db.close()
  return cost
}

/** From files to a library that can be searched: reading, understanding, checking, storing, indexing. */
async function candor() {
  const db = openDatabase(database)
  await prepareDatabase({ db, clock: systemClock })
  let created = 0
  const cost = await costOf(async () => {
    const paths = statSync(source).isDirectory() ? readdirSync(source).map(name => join(source, name)) : [source]
    const files = paths.map(path => ({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }))
    const report = await importAnything({ db, clock: systemClock, actor: terminalActor() }, 'postmortems', files)
    if (report.errors.length) throw new Error(report.errors[0]?.message)
    created = report.created
  })
  check(created)
  await db.destroy()
  return cost
}

function check(count: number): void {
  if (count !== Number(expected)) throw new Error(`${count} were imported, not ${expected}`)
}

console.log(JSON.stringify(await (kind === 'bare' ? bare() : candor())))
