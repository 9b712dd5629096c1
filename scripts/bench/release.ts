/** How long a wave takes to be counted and its results to be read, beside plain counting of the same answers. */
import { asker, timeEach } from './http.ts'
import { type Bench, quantile, runCase, startCase, tableOf, thousands, withFolder } from './measure.ts'

const BASELINE = 'Baseline: answers counted by question, group and value'

interface Measured {
  responses: number
  label: string
  times: number[]
}

const bench: Bench = {
  title: 'release: closing a wave and reading its results',
  async run({ quick, say }) {
    const [sizes, times] = quick ? [[100], 3] : [[1_000, 10_000], 9]
    const measured: Measured[] = []
    for (const responses of sizes) {
      const add = (label: string, some: number[]) => measured.push({ responses, label, times: some })
      say(`${thousands(responses)}, ${BASELINE}`)
      const program = 'release-case.ts'
      add(BASELINE, (await runCase<{ times: number[] }>(program, 'bare', String(responses), String(times))).times)
      say(`${thousands(responses)}, release`)
      const release = await runCase<{ times: number[] }>(program, 'compute', String(responses), String(times))
      add('Release, from opened responses', release.times)
      await withFolder(async folder => {
        say(`${thousands(responses)} responses are cast and the wave is closed`)
        const closed = await runCase<Closed>(program, 'close', folder, String(responses))
        add('Responses opened, checked, counted, published', [closed.countMs])
        add('The whole closing, keys and files scrubbed', [closed.closeMs])
        const server = await startCase<{ url: string }>(program, 'serve', folder)
        try {
          say(`${thousands(responses)}, page of results`)
          const ask = asker(server.answer.url, closed.cookie, 1)
          const pages = Array.from({ length: quick ? 5 : 200 }, () => `/surveys/${closed.wave}`)
          await timeEach(pages.slice(0, 10), 1, ask)
          add('Page of results over HTTP', await timeEach(pages, 1, ask))
        } finally {
          await server.stop()
        }
      })
    }
    return { json: asJson(measured), text: asText(measured) }
  },
}
export default bench

interface Closed {
  wave: string
  cookie: string
  countMs: number
  closeMs: number
}

function ratioOf(one: Measured, all: Measured[]): number {
  const baseline = all.find(other => other.responses === one.responses && other.label === BASELINE) as Measured
  return quantile(one.times, 0.5) / quantile(baseline.times, 0.5)
}

function asJson(measured: Measured[]): object {
  return {
    bench: 'release',
    baseline: BASELINE,
    results: measured.map(one => ({
      responses: one.responses,
      case: one.label,
      p50Ms: quantile(one.times, 0.5),
      p95Ms: quantile(one.times, 0.95),
      ratio: ratioOf(one, measured),
    })),
  }
}

function asText(measured: Measured[]): string {
  const rows = measured.map(one => [
    thousands(one.responses),
    one.label,
    quantile(one.times, 0.5).toFixed(1),
    quantile(one.times, 0.95).toFixed(1),
    `${ratioOf(one, measured).toFixed(1)}×`,
  ])
  return [
    tableOf(['responses', 'case', 'p50 ms', 'p95 ms', 'p50 to baseline'], rows),
    '',
    'Closing happens once and is measured once; the page is asked for by an editor, one request after another.',
  ].join('\n')
}
