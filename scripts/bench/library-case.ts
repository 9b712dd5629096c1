/**
 * One side of the search bench in a process of its own:
 * `prepare <folder> <size>` fills a data folder and a bare table, and signs somebody in;
 * `bare|search <folder> <passes>` times the queries there; `serve <folder>` serves them until it is told to stop.
 * Prints its answer as JSON.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { libraryQuery } from '#app/postmortems/library-query.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { bareSearch, fillBare, openBare } from './bare-library.ts'
import { jsonLineOf, madeUp, plainRowOf } from './corpus.ts'
import { cookieOfEditor, serve } from './http.ts'
import { type TypedQuery, typedQueries } from './queries.ts'

const [act, folder, number] = process.argv.slice(2) as [string, string, string]
const databaseUrl = `file:${join(folder, 'candor.db')}`
const bareFile = join(folder, 'bare.db')
const queryFile = join(folder, 'queries.json')
/** Before anything is counted, so that the compiler has seen the code. */
const WARM_UP = 40

async function prepare(size: number, queries: number) {
  const corpus = [...madeUp(size)]
  writeFileSync(queryFile, JSON.stringify(typedQueries(corpus, queries)))
  const bare = openBare(bareFile)
  fillBare(bare, corpus.map(plainRowOf), 1_000)
  bare.close()

  const db = openDatabase(databaseUrl)
  await prepareDatabase({ db, clock: systemClock })
  const context = { db, clock: systemClock, actor: terminalActor() }
  const bytes = new TextEncoder().encode(corpus.map(jsonLineOf).join('\n'))
  const report = await importAnything(context, 'postmortems', [{ name: 'bench.jsonl', bytes }])
  if (report.created !== size) throw new Error(`${report.created} were imported, not ${size}`)
  const cookie = await cookieOfEditor(context)
  await db.destroy()
  return { cookie }
}

async function timed(passes: number, ask: (query: TypedQuery) => unknown) {
  const queries = JSON.parse(readFileSync(queryFile, 'utf8')) as TypedQuery[]
  for (const query of queries.slice(0, WARM_UP)) await ask(query)
  const times: number[][] = []
  for (let pass = 0; pass < passes; pass++) {
    const own: number[] = []
    for (const query of queries) {
      const start = performance.now()
      await ask(query)
      own.push(performance.now() - start)
    }
    times.push(own)
  }
  return { times }
}

async function search(passes: number) {
  const db = openDatabase(databaseUrl)
  const answer = await timed(passes, ({ q }) =>
    searchLibrary(db, libraryQuery(new URL(`http://bench/library?q=${encodeURIComponent(q)}`))),
  )
  await db.destroy()
  return answer
}

const acts: Record<string, () => Promise<object>> = {
  prepare: () => prepare(Number(number), Number(process.argv[5])),
  bare: () => {
    const search = bareSearch(openBare(bareFile))
    return timed(Number(number), ({ words }) => search(words))
  },
  search: () => search(Number(number)),
  serve: () => serve(folder, databaseUrl),
}
console.log(JSON.stringify(await acts[act]!()))
