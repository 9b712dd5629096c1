/** How fast a search page answers, beside SQLite's own full text index without a page around it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asker, inPasses, timeEach } from './http.ts'
import { type Bench, quantile, runCase, startCase, tableOf, thousands, withFolder } from './measure.ts'
import type { TypedQuery } from './queries.ts'

const CASES = {
  bare: 'Baseline: FTS5, bm25, 20 snippets, no page',
  search: 'Candor, the search alone',
  page: 'Candor, page over HTTP',
  crowd: 'Candor, page over HTTP, 4 clients',
} as const
type Case = keyof typeof CASES

const CLIENTS = 4

interface Measured {
  size: number
  case: Case
  /** Milliseconds by pass and query. */
  times: number[][]
}

const bench: Bench = {
  title: 'library: time of a search page',
  async run({ quick, say }) {
    const sizes = quick ? [100, 400] : [1_000, 10_000]
    const passes = quick ? 1 : 3
    const count = quick ? 40 : 200
    const measured: Measured[] = []
    for (const size of sizes)
      await withFolder(async folder => {
        const note = (name: Case): void => say(`${thousands(size)}, ${CASES[name]}`)
        say(`${thousands(size)} postmortems are made and brought in`)
        const { cookie } = await runCase<{ cookie: string }>(
          'library-case.ts',
          'prepare',
          folder,
          String(size),
          String(count),
        )
        for (const name of ['bare', 'search'] as const) {
          note(name)
          const { times } = await runCase<{ times: number[][] }>('library-case.ts', name, folder, String(passes))
          measured.push({ size, case: name, times })
        }
        const queries = JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as TypedQuery[]
        const server = await startCase<{ url: string }>('library-case.ts', 'serve', folder)
        try {
          const fetchPage = asker(server.answer.url, cookie, CLIENTS)
          const ask = ({ q }: TypedQuery) => fetchPage(`/library?q=${encodeURIComponent(q)}`)
          for (const query of queries.slice(0, 40)) await ask(query)
          note('page')
          measured.push({ size, case: 'page', times: await inPasses(passes, () => timeEach(queries, 1, ask)) })
          note('crowd')
          measured.push({ size, case: 'crowd', times: await inPasses(passes, () => timeEach(queries, CLIENTS, ask)) })
        } finally {
          await server.stop()
        }
      })
    return { json: asJson(measured, count, passes), text: asText(measured, count, passes) }
  },
}
export default bench

/** The median of the passes' quantiles. */
function quantileOf({ times }: Measured, share: number): number {
  return quantile(
    times.map(pass => quantile(pass, share)),
    0.5,
  )
}

function find(all: Measured[], size: number, name: Case): Measured {
  return all.find(one => one.size === size && one.case === name) as Measured
}

/** How much slower the larger library is than the smaller one. */
function growthOf(one: Measured, all: Measured[], share: number): number | null {
  const least = Math.min(...all.map(other => other.size))
  return one.size === least ? null : quantileOf(one, share) / quantileOf(find(all, least, one.case), share)
}

function asJson(measured: Measured[], queries: number, passes: number): object {
  return {
    bench: 'library',
    baseline: CASES.bare,
    queries,
    passes,
    results: measured.map(one => ({
      postmortems: one.size,
      case: one.case,
      label: CASES[one.case],
      p50Ms: quantileOf(one, 0.5),
      p95Ms: quantileOf(one, 0.95),
      ratioOfP50: quantileOf(one, 0.5) / quantileOf(find(measured, one.size, 'bare'), 0.5),
      ratioOfP95: quantileOf(one, 0.95) / quantileOf(find(measured, one.size, 'bare'), 0.95),
      growthOfP50: growthOf(one, measured, 0.5),
      growthOfP95: growthOf(one, measured, 0.95),
    })),
  }
}

function asText(measured: Measured[], queries: number, passes: number): string {
  const sizes = [...new Set(measured.map(one => one.size))]
  const rows = measured.map(one => {
    const growth = growthOf(one, measured, 0.95)
    return [
      thousands(one.size),
      CASES[one.case],
      quantileOf(one, 0.5).toFixed(1),
      quantileOf(one, 0.95).toFixed(1),
      `${(quantileOf(one, 0.95) / quantileOf(find(measured, one.size, 'bare'), 0.95)).toFixed(2)}×`,
      growth === null ? '' : `${growth.toFixed(2)}×`,
    ]
  })
  const larger = sizes.length > 1 ? Math.max(...sizes) / Math.min(...sizes) : 1
  return [
    tableOf(['postmortems', 'case', 'p50 ms', 'p95 ms', 'p95 to baseline', `p95 growth on ${larger}×`], rows),
    '',
    `${queries} queries of 1 to 4 words (frequent, rare, mixed, phrases, operators); medians of ${passes} ${passes === 1 ? 'pass' : 'passes'}.`,
    'The baseline searches the same words without operators and phrases, and counts no facets and no total.',
  ].join('\n')
}
