/** How long the figures of a year take, beside the same counts and medians by SQL alone. */
import { type Bench, quantile, runCase, tableOf, thousands, withFolder } from './measure.ts'
import type { Sizes } from './organisation.ts'

const CASES = {
  'bare-figures': 'Baseline: counts and medians by eight SQL statements',
  figures: 'Candor, all figures with intervals and limits',
} as const
type Case = keyof typeof CASES

const SIZES: Sizes[] = [
  { people: 200, incidents: 500, actions: 2_000 },
  { people: 1_000, incidents: 5_000, actions: 20_000 },
]

interface Measured {
  incidents: number
  case: Case
  /** Milliseconds. */
  times: number[]
}

const bench: Bench = {
  title: 'figures: time of the figures of a year',
  async run({ quick, say }) {
    const turns = quick ? 3 : 30
    const measured: Measured[] = []
    for (const sizes of quick ? SIZES.slice(0, 1) : SIZES)
      await withFolder(async folder => {
        say(`${thousands(sizes.incidents)} incidents are made and brought in`)
        await runCase('organisation-case.ts', 'prepare', folder, JSON.stringify(sizes))
        for (const name of Object.keys(CASES) as Case[]) {
          say(`${thousands(sizes.incidents)}, ${CASES[name]}`)
          const { times } = await runCase<{ times: number[] }>('organisation-case.ts', name, folder, String(turns))
          measured.push({ incidents: sizes.incidents, case: name, times })
        }
      })
    return { json: asJson(measured), text: asText(measured, turns) }
  },
}
export default bench

function ratioOf(one: Measured, all: Measured[]): number {
  const baseline = all.find(other => other.incidents === one.incidents && other.case === 'bare-figures') as Measured
  return quantile(one.times, 0.5) / quantile(baseline.times, 0.5)
}

function asJson(measured: Measured[]): object {
  return {
    bench: 'figures',
    baseline: CASES['bare-figures'],
    results: measured.map(one => ({
      incidents: one.incidents,
      case: one.case,
      p50Ms: quantile(one.times, 0.5),
      p95Ms: quantile(one.times, 0.95),
      ratio: ratioOf(one, measured),
    })),
  }
}

function asText(measured: Measured[], turns: number): string {
  const rows = measured.map(one => [
    thousands(one.incidents),
    CASES[one.case],
    quantile(one.times, 0.5).toFixed(1),
    quantile(one.times, 0.95).toFixed(1),
    `${ratioOf(one, measured).toFixed(2)}×`,
  ])
  return [
    tableOf(['incidents', 'case', 'p50 ms', 'p95 ms', 'p50 to baseline'], rows),
    '',
    `A third of the incidents, and of four times as many action items, lie in the year; ${turns} turns each.`,
    'The baseline knows no months, intervals, limits of chance, unknown times or time zones.',
  ].join('\n')
}
