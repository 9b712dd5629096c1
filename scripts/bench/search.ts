/** Search by the size of the library on both databases, beside SQLite's own full text index; and mistyped words. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asker, timeEach } from './http.ts'
import { type Bench, inSeconds, quantile, runCase, startCase, tableOf, thousands, withFolder } from './measure.ts'
import { startPostgres, withPostgresDatabase } from './postgres.ts'
import type { TypedQuery } from './queries.ts'
import { measureTypos, type TypoFigures } from './typos.ts'

const BASELINE = 'Baseline: FTS5 porter, bm25, any word, 20 snippets'
const READERS = 16

/** Figures of one size on one database; what a case has not is absent. */
interface Measured {
  postmortems: number
  label: string
  /** Milliseconds of the search alone: the first time each query is asked, and later. */
  first?: number[]
  engine: number[]
  /** Processor time of one search, hardly moved by what else the machine does. */
  processorMs: number
  page?: number[]
  /** Pages for 16 readers while one publishes. */
  crowd?: number[]
  publish?: number[]
  megabytes?: number
  memoryMb?: number
  rebuildMs?: number
}

interface Engine {
  times: number[][]
  processorMs: number
  memoryMb: number
}

const bench: Bench = {
  title: 'search: by the size of the library',
  async run({ quick, say }) {
    const sizes = quick ? [200, 400] : [1_000, 10_000, 100_000]
    const [queries, passes] = quick ? [40, 2] : [200, 4]
    const measured: Measured[] = []
    const notMeasured: string[] = []
    const postgres = await startPostgres()
    if ('reason' in postgres) notMeasured.push(postgres.reason)
    try {
      for (const postmortems of sizes)
        await withFolder(async folder => {
          const candor = async (database: string, url: string): Promise<void> => {
            const label = `Candor, ${database}`
            say(`${thousands(postmortems)}, ${label}`)
            measured.push({ postmortems, label, ...(await measureCandor(folder, url, postmortems, queries, passes)) })
          }
          await candor('SQLite', `file:${join(folder, 'candor.db')}`)
          if ('url' in postgres) await withPostgresDatabase(postgres.url, url => candor('PostgreSQL', url))
          say(`${thousands(postmortems)}, ${BASELINE}`)
          const run = <T>(act: string, number: number) => runCase<T>('search-case.ts', act, folder, '-', String(number))
          const { bytes } = await run<{ bytes: number }>('bare-prepare', postmortems)
          const { times, processorMs } = await run<Engine>('bare', passes)
          const engine = times.slice(1).flat()
          measured.push({ postmortems, label: BASELINE, first: times[0], engine, processorMs, megabytes: bytes / 1e6 })
        })
    } finally {
      if ('stop' in postgres) await postgres.stop()
    }
    say('mistyped words')
    const typos = quick ? measureTypos(10_000, 100) : measureTypos(100_000, 2_000)
    return {
      json: {
        bench: 'search',
        baseline: BASELINE,
        queries,
        passes,
        results: measured.map(asFigures),
        typos,
        notMeasured,
      },
      text: [asText(measured, queries, passes), '', typosText(typos), ...notMeasured].join('\n'),
    }
  },
}
export default bench

async function measureCandor(
  folder: string,
  url: string,
  postmortems: number,
  queries: number,
  passes: number,
): Promise<Omit<Measured, 'postmortems' | 'label'>> {
  const run = <T>(act: string, ...args: number[]) => runCase<T>('search-case.ts', act, folder, url, ...args.map(String))
  const { cookie } = await run<{ cookie: string }>('prepare', postmortems, queries)
  const { bytes } = await run<{ bytes: number }>('size')
  const { times, processorMs, memoryMb } = await run<Engine>('engine', passes)
  const typed = JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as TypedQuery[]
  const server = await startCase<{ url: string }>('search-case.ts', 'serve', folder, url)
  try {
    const fetchPage = asker(server.answer.url, cookie, READERS)
    const ask = ({ q }: TypedQuery) => fetchPage(`/library?q=${encodeURIComponent(q)}`)
    await timeEach(typed, 1, ask)
    const page = await timeEach(typed, 1, ask)
    const writing = run<{ times: number[] }>('publish')
    const crowd = await timeEach([...typed, ...typed], READERS, ask)
    await writing
    const { times: publish } = await run<{ times: number[] }>('publish')
    const { ms: rebuildMs } = await run<{ ms: number }>('rebuild')
    const engine = times.slice(1).flat()
    return { first: times[0], engine, processorMs, memoryMb, page, crowd, publish, rebuildMs, megabytes: bytes / 1e6 }
  } finally {
    await server.stop()
  }
}

function asFigures({ first, engine, page, crowd, publish, ...rest }: Measured): object {
  const figures = (times: number[] | undefined) =>
    times && { p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) }
  return {
    ...rest,
    first: figures(first),
    engine: figures(engine),
    page: figures(page),
    crowd: figures(crowd),
    publish: figures(publish),
  }
}

function asText(measured: Measured[], queries: number, passes: number): string {
  const times = (list: number[] | undefined): string =>
    list ? `${quantile(list, 0.5).toFixed(1)} / ${quantile(list, 0.95).toFixed(1)}` : '–'
  const figure = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(0))
  const rows = measured.map(one => [
    thousands(one.postmortems),
    one.label,
    times(one.engine),
    times(one.first),
    one.processorMs.toFixed(1),
    times(one.page),
    times(one.crowd),
    times(one.publish),
    figure(one.megabytes),
    figure(one.memoryMb),
    one.rebuildMs === undefined ? '–' : inSeconds(one.rebuildMs),
  ])
  const head = ['postmortems', 'case', 'search ms', 'first time ms', 'processor ms', 'page ms', '16 readers ms']
  return [
    tableOf([...head, 'publish ms', 'index MB', 'memory MB', 'rebuild s'], rows),
    '',
    `Median / 95th percentile over ${queries} queries of 1 to 4 words, asked ${passes} times; facets, feedback and passages included.`,
    'The first time a list of postings is read from the database; later it is in memory. Readers ask while another process publishes.',
    'The baseline searches the same words without operators and phrases, and counts no facets and no total.',
  ].join('\n')
}

function typosText({ words, oneSlip, twoSlips, misspelt, p95Ms }: TypoFigures): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  return `Mistyped words among ${thousands(words)}: the right one first for ${percent(oneSlip)} with one slip, ${percent(twoSlips)} with two and ${percent(misspelt)} as engineers have mistyped them; 95th percentile ${p95Ms.toFixed(1)} ms of processor time.`
}
