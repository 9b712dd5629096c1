/** What it costs to bring postmortems in, beside a plain table with a full text index. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonLineOf, madeUp, markdownOf, plainRowOf } from './corpus.ts'
import { type Bench, type Cost, inSeconds, medianOf, runCase, tableOf, thousands, withFolder } from './measure.ts'
import { startPostgres, withPostgresDatabase } from './postgres.ts'

const CASES = {
  bare: 'Baseline: better-sqlite3, one table, FTS5',
  jsonl: 'Candor, JSON Lines, SQLite',
  markdown: 'Candor, Markdown files, SQLite',
  postgres: 'Candor, JSON Lines, PostgreSQL',
} as const
type Case = keyof typeof CASES

interface Measured {
  size: number
  case: Case
  runs: Cost[]
  notMeasured?: string
}

const bench: Bench = {
  title: 'import: time and peak memory to bring postmortems in',
  async run({ quick, say }) {
    const sizes = quick ? [200] : [1_000, 10_000]
    const runs = quick ? 1 : 3
    const postgres = await startPostgres()
    try {
      const measured: Measured[] = []
      for (const size of sizes)
        await withFolder(async folder => {
          writeCorpus(folder, size)
          const results: Measured[] = (Object.keys(CASES) as Case[]).map(name => ({ size, case: name, runs: [] }))
          // Runs of the cases alternate, so that a busy minute of the machine is shared by all.
          for (let run = 1; run <= runs; run++)
            for (const result of results) {
              if (result.case === 'postgres' && 'reason' in postgres) {
                result.notMeasured = postgres.reason
                continue
              }
              say(`${thousands(size)}, ${CASES[result.case]}, run ${run} of ${runs}`)
              result.runs.push(await measure(result.case, folder, size, 'url' in postgres ? postgres.url : ''))
            }
          measured.push(...results)
        })
      return { json: asJson(measured), text: asText(measured, runs) }
    } finally {
      if ('stop' in postgres) await postgres.stop()
    }
  },
}
export default bench

function writeCorpus(folder: string, size: number): void {
  mkdirSync(join(folder, 'markdown'))
  const lines: string[] = []
  const plain: string[] = []
  for (const one of madeUp(size)) {
    lines.push(jsonLineOf(one))
    plain.push(JSON.stringify(plainRowOf(one)))
    writeFileSync(join(folder, 'markdown', `${one.externalId.replace('/', '-')}.md`), markdownOf(one))
  }
  writeFileSync(join(folder, 'jsonl.jsonl'), `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'plain.jsonl'), `${plain.join('\n')}\n`)
}

async function measure(name: Case, folder: string, size: number, postgresUrl: string): Promise<Cost> {
  const source = join(
    folder,
    { bare: 'plain.jsonl', jsonl: 'jsonl.jsonl', markdown: 'markdown', postgres: 'jsonl.jsonl' }[name],
  )
  if (name === 'postgres')
    return withPostgresDatabase(postgresUrl, url =>
      runCase<Cost>('import-case.ts', 'candor', source, url, String(size)),
    )
  const data = join(folder, 'data')
  mkdirSync(data)
  const file = join(data, 'bench.db')
  try {
    if (name === 'bare') return await runCase<Cost>('import-case.ts', 'bare', source, file, String(size))
    return await runCase<Cost>('import-case.ts', 'candor', source, `file:${file}`, String(size))
  } finally {
    rmSync(data, { recursive: true })
  }
}

function summary({ runs }: Measured) {
  return {
    ms: medianOf(runs, run => run.ms),
    cpuMs: medianOf(runs, run => run.cpuMs),
    peakMb: medianOf(runs, run => run.peakMb),
  }
}

function ratioOf(one: Measured, all: Measured[]): number {
  const baseline = all.find(other => other.size === one.size && other.case === 'bare') as Measured
  return summary(one).ms / summary(baseline).ms
}

function asJson(measured: Measured[]): object {
  return {
    bench: 'import',
    baseline: CASES.bare,
    results: measured.map(one => ({
      postmortems: one.size,
      case: one.case,
      label: CASES[one.case],
      ...(one.notMeasured ? { notMeasured: one.notMeasured } : { ...summary(one), ratio: ratioOf(one, measured) }),
      runs: one.runs,
    })),
  }
}

function asText(measured: Measured[], runs: number): string {
  const rows = measured.map(one => {
    if (one.notMeasured) return [thousands(one.size), CASES[one.case], 'not measured', '', '', '', '']
    const { ms, cpuMs, peakMb } = summary(one)
    const perSecond = thousands(Math.round(one.size / (ms / 1_000)))
    const ratio = `${ratioOf(one, measured).toFixed(2)}×`
    return [
      thousands(one.size),
      CASES[one.case],
      inSeconds(ms),
      inSeconds(cpuMs),
      ratio,
      perSecond,
      `${Math.round(peakMb)}`,
    ]
  })
  return [
    tableOf(['postmortems', 'case', 'wall s', 'CPU s', 'wall to baseline', 'per second', 'peak MB'], rows),
    '',
    `Medians of ${runs} ${runs === 1 ? 'run' : 'runs'}, each in a process of its own. The baseline inserts rows that lie ready in memory;`,
    'Candor begins with files and ends with a library that can be searched. Peak: maximum resident set of the process,',
    "Node and its loader included; for PostgreSQL without the server's, which runs with fsync off.",
    ...new Set(measured.flatMap(one => one.notMeasured ?? [])),
  ].join('\n')
}
