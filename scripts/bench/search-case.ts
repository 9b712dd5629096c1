/**
 * One side of the bench on search, in a process of its own, over one database:
 * `prepare <folder> <url> <size> <queries>` fills it and signs somebody in; `bare-prepare` and `bare` are the baseline;
 * `engine <folder> <url> <passes>` times the queries; `publish` and `rebuild` time the writing side; `size` weighs it;
 * `serve <folder> <url>` serves it until it is told to stop. Prints its answer as JSON.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { indexPostmortems } from '#app/postmortems/index-postmortems.server.ts'
import { libraryQuery } from '#app/postmortems/library-query.ts'
import { reindexPostmortems } from '#app/postmortems/reindex-postmortems.server.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { currentIndex } from '#app/search/document-cache.server.ts'
import { inTransaction, openDatabase } from '#db/index.server.ts'
import { bareSearch, fillBare, openBare } from './bare-library.ts'
import { jsonLineOf, type MadeUp, madeUp, plainRowOf } from './corpus.ts'
import { cookieOfEditor, serve } from './http.ts'
import { type TypedQuery, typedQueries } from './queries.ts'

const [act, folder, databaseUrl, ...numbers] = process.argv.slice(2) as [string, string, string, ...string[]]
const bareFile = join(folder, 'bare.db')
const queryFile = join(folder, 'queries.json')
/** Documents an import: what a person would bring in at once. */
const SLICE = 2_000
/** Queries are made from so many documents, as more would say nothing new. */
const SAMPLE = 2_000
/** Before anything is counted, so that the compiler has seen the code. */
const WARM_UP = 60
const PUBLISHED = 40

/** Made-up postmortems in slices, so that a hundred thousand never stand in memory together. */
function* slices(size: number): Generator<MadeUp[]> {
  let slice: MadeUp[] = []
  for (const one of madeUp(size)) {
    slice.push(one)
    if (slice.length === SLICE) {
      yield slice
      slice = []
    }
  }
  if (slice.length > 0) yield slice
}

async function prepare() {
  const [size, queries] = numbers.map(Number) as [number, number]
  const db = openDatabase(databaseUrl)
  await prepareDatabase({ db, clock: systemClock })
  const context = { db, clock: systemClock, actor: terminalActor() }
  const started = performance.now()
  for (const slice of slices(size)) {
    const bytes = new TextEncoder().encode(slice.map(jsonLineOf).join('\n'))
    const report = await importAnything(context, 'postmortems', [{ name: 'bench.jsonl', bytes }])
    if (report.created !== slice.length) throw new Error(`${report.created} were imported, not ${slice.length}`)
  }
  const importMs = performance.now() - started
  writeFileSync(queryFile, JSON.stringify(typedQueries([...madeUp(Math.min(size, SAMPLE))], queries)))
  const cookie = await cookieOfEditor(context)
  await db.destroy()
  return { cookie, importMs }
}

function prepareBare() {
  const bare = openBare(bareFile)
  for (const slice of slices(Number(numbers[0]))) fillBare(bare, slice.map(plainRowOf), 1_000)
  bare.close()
  return { bytes: statSync(bareFile).size }
}

async function timed(ask: (query: TypedQuery) => unknown) {
  const queries = JSON.parse(readFileSync(queryFile, 'utf8')) as TypedQuery[]
  for (const query of queries.slice(0, WARM_UP)) await ask(query)
  const times: number[][] = []
  const processor = process.cpuUsage()
  for (let pass = 0; pass < Number(numbers[0]); pass++) {
    const own: number[] = []
    for (const query of queries) {
      const start = performance.now()
      await ask(query)
      own.push(performance.now() - start)
    }
    times.push(own)
  }
  const { user, system } = process.cpuUsage(processor)
  return { times, processorMs: (user + system) / 1_000 / (times.length * queries.length) }
}

/** The search alone, facets, feedback and passages included. */
async function engine() {
  const db = openDatabase(databaseUrl)
  const before = process.memoryUsage().rss
  const start = performance.now()
  await currentIndex(db)
  const openMs = performance.now() - start
  const { times, processorMs } = await timed(({ q }) =>
    searchLibrary(db, libraryQuery(new URL(`http://bench/library?q=${encodeURIComponent(q)}`))),
  )
  globalThis.gc?.()
  const memoryMb = (process.memoryUsage().rss - before) / 2 ** 20
  await db.destroy()
  return { times, processorMs, openMs, memoryMb }
}

/** What the index adds to the transaction that publishes a postmortem, until the next search knows it. */
async function publish() {
  const db = openDatabase(databaseUrl)
  const ids = (await currentIndex(db)).documents.flatMap(document => document?.subjectId ?? [])
  const times: number[] = []
  for (let turn = 0; turn < PUBLISHED; turn++) {
    const id = ids[(turn * 7919) % ids.length]!
    const start = performance.now()
    await inTransaction(db, tx => indexPostmortems(tx, [id]))
    await currentIndex(db)
    times.push(performance.now() - start)
  }
  await db.destroy()
  return { times }
}

/** Bytes of what the index keeps, without what the database adds. */
async function size() {
  const db = openDatabase(databaseUrl)
  const sumOf = async (table: 'search_postings' | 'search_documents' | 'search_words', column: string) =>
    Number(
      (
        await sql<{ bytes: number }>`select sum(length(${sql.ref(column)})) as bytes from ${sql.table(table)}`.execute(
          db,
        )
      ).rows[0]?.bytes ?? 0,
    )
  const bytes =
    (await sumOf('search_postings', 'data')) +
    (await sumOf('search_documents', 'facets')) +
    (await sumOf('search_words', 'word'))
  await db.destroy()
  return { bytes }
}

async function rebuild() {
  const db = openDatabase(databaseUrl)
  const start = performance.now()
  await reindexPostmortems(db)
  const ms = performance.now() - start
  await db.destroy()
  return { ms }
}

const acts: Record<string, () => object | Promise<object>> = {
  prepare,
  engine,
  publish,
  rebuild,
  size,
  'bare-prepare': prepareBare,
  bare: () => {
    const search = bareSearch(openBare(bareFile))
    return timed(({ words }) => search(words))
  },
  serve: () => serve(folder, databaseUrl),
}
console.log(JSON.stringify(await acts[act]!()))
