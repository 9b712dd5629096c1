/** How fast the pages that list things answer, beside one bare SQL page of incidents. */
import { asker, inPasses, timeEach } from './http.ts'
import { type Bench, quantile, runCase, startCase, tableOf, thousands, withFolder } from './measure.ts'
import type { Sizes } from './organisation.ts'

const BASELINE = 'Baseline: 50 incidents, their services and a count by SQL'

/** Addresses by what they are; each is asked for again and again. */
const PAGES: Record<string, string[]> = {
  Incidents: ['/incidents', '/incidents?page=2', '/incidents?severity=SEV-1', '/incidents?service=service-7'],
  'One incident': ['/incidents/INC-1', '/incidents/INC-250', '/incidents/INC-499'],
  'Action items': ['/actions', '/actions?page=2', '/actions?state=open'],
  Participation: ['/participation'],
  People: ['/people', '/people?page=2', '/people?q=person+1'],
}

interface Measured {
  incidents: number
  label: string
  /** Milliseconds by pass and page. */
  times: number[][]
}

const bench: Bench = {
  title: 'incidents: time of the pages that list',
  async run({ quick, say }) {
    const all: Sizes[] = [
      { people: 200, incidents: 500, actions: 2_000 },
      { people: 1_000, incidents: 5_000, actions: 20_000 },
    ]
    const [passes, turns] = quick ? [1, 5] : [3, 60]
    const measured: Measured[] = []
    for (const sizes of quick ? all.slice(0, 1) : all)
      await withFolder(async folder => {
        const { incidents } = sizes
        say(`${thousands(incidents)} incidents are made and brought in`)
        const { cookie } = await runCase<{ cookie: string }>(
          'organisation-case.ts',
          'prepare',
          folder,
          JSON.stringify(sizes),
        )
        say(`${thousands(incidents)}, ${BASELINE}`)
        const { times } = await runCase<{ times: number[] }>('organisation-case.ts', 'bare-list', folder, String(turns))
        measured.push({ incidents, label: BASELINE, times: [times] })
        const server = await startCase<{ url: string }>('organisation-case.ts', 'serve', folder)
        try {
          const ask = asker(server.answer.url, cookie, 1)
          for (const [label, paths] of Object.entries(PAGES)) {
            say(`${thousands(incidents)}, ${label}`)
            const again = Array.from({ length: turns }, (_, turn) => paths[turn % paths.length] as string)
            await timeEach(again.slice(0, 10), 1, ask)
            measured.push({ incidents, label, times: await inPasses(passes, () => timeEach(again, 1, ask)) })
          }
        } finally {
          await server.stop()
        }
      })
    return { json: asJson(measured), text: asText(measured, turns, passes) }
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

function ratioOf(one: Measured, all: Measured[]): number {
  const baseline = all.find(other => other.incidents === one.incidents && other.label === BASELINE) as Measured
  return quantileOf(one, 0.95) / quantileOf(baseline, 0.95)
}

function asJson(measured: Measured[]): object {
  return {
    bench: 'incidents',
    baseline: BASELINE,
    results: measured.map(one => ({
      incidents: one.incidents,
      page: one.label,
      p50Ms: quantileOf(one, 0.5),
      p95Ms: quantileOf(one, 0.95),
      ratioOfP95: ratioOf(one, measured),
    })),
  }
}

function asText(measured: Measured[], turns: number, passes: number): string {
  const rows = measured.map(one => [
    thousands(one.incidents),
    one.label,
    quantileOf(one, 0.5).toFixed(1),
    quantileOf(one, 0.95).toFixed(1),
    `${ratioOf(one, measured).toFixed(1)}×`,
  ])
  return [
    tableOf(['incidents', 'page over HTTP', 'p50 ms', 'p95 ms', 'p95 to baseline'], rows),
    '',
    `With four times as many action items; ${turns} requests a page, one after another; medians of ${passes} ${passes === 1 ? 'pass' : 'passes'}.`,
    'The baseline reads rows from the same file and makes no page of them.',
  ].join('\n')
}
