/** How long a culture health report takes to build and to serve, beside the same counts by SQL alone. */
import { asker, timeEach } from './http.ts'
import { type Bench, quantile, runCase, startCase, tableOf, thousands, withFolder } from './measure.ts'
import type { Sizes } from './organisation.ts'

const BASELINE = 'Baseline: counts and medians by month, eight SQL statements'
const BUILT = 'Candor, the quarter’s report built'
const SERVED = 'Candor, a published one over HTTP (API)'
const ADDRESS = '/api/v1/reports/2026-Q3'
const WAVES = 20

interface Measured {
  label: string
  /** Milliseconds. */
  times: number[]
}

interface Facts {
  delayMs: number
  /** Of all threads: hardly moved by what else the machine is doing. */
  cpuMs: number
  bytes: number
}

const bench: Bench = {
  title: 'report: time of a quarter’s culture health report',
  async run({ quick, say }) {
    const sizes: Sizes = quick
      ? { people: 200, incidents: 500, actions: 2_000, years: 5 }
      : { people: 2_000, incidents: 10_000, actions: 40_000, years: 5 }
    const [builds, requests] = quick ? [3, 20] : [20, 400]
    const measured: Measured[] = []
    const facts = { delayMs: 0, cpuMs: 0, bytes: 0 }
    await withFolder(async folder => {
      say(`${thousands(sizes.incidents)} incidents and ${WAVES} waves are made and brought in`)
      const prepared = await runCase<{ cookie: string }>(
        'organisation-case.ts',
        'prepare',
        folder,
        JSON.stringify(sizes),
      )
      await runCase('report-case.ts', 'prepare', folder, JSON.stringify({ waves: WAVES }))
      say(BASELINE)
      const bare = await runCase<{ times: number[] }>('report-case.ts', 'bare-build', folder, String(builds))
      measured.push({ label: BASELINE, times: bare.times })
      say(BUILT)
      const built = await runCase<{ times: number[]; delayMs: number; cpuMs: number }>(
        'report-case.ts',
        'build',
        folder,
        String(builds),
      )
      measured.push({ label: BUILT, times: built.times })
      facts.delayMs = built.delayMs
      facts.cpuMs = built.cpuMs
      facts.bytes = (await runCase<{ bytes: number }>('report-case.ts', 'publish', folder)).bytes
      say(SERVED)
      const server = await startCase<{ url: string }>('organisation-case.ts', 'serve', folder)
      try {
        const ask = asker(server.answer.url, prepared.cookie, 1)
        const again = Array.from({ length: requests }, () => ADDRESS)
        await timeEach(again.slice(0, 20), 1, ask)
        measured.push({ label: SERVED, times: await timeEach(again, 1, ask) })
      } finally {
        await server.stop()
      }
    })
    return { json: asJson(measured, sizes, facts), text: asText(measured, sizes, facts, builds) }
  },
}
export default bench

function asJson(measured: Measured[], sizes: Sizes, facts: Facts): object {
  return {
    bench: 'report',
    baseline: BASELINE,
    sizes: { ...sizes, waves: WAVES },
    maxEventLoopDelayMs: facts.delayMs,
    cpuMsOfABuild: facts.cpuMs,
    contentBytes: facts.bytes,
    results: measured.map(({ label, times }) => ({
      case: label,
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
    })),
  }
}

function asText(
  measured: Measured[],
  { people, incidents, actions, years }: Sizes,
  { delayMs, cpuMs, bytes }: Facts,
  builds: number,
): string {
  const rows = measured.map(({ label, times }) => [
    label,
    quantile(times, 0.5).toFixed(1),
    quantile(times, 0.95).toFixed(1),
  ])
  return [
    tableOf(['case', 'p50 ms', 'p95 ms'], rows),
    '',
    `${years} years, ${thousands(incidents)} incidents, ${thousands(actions)} action items, ${thousands(people)} people, ${WAVES} waves; ${builds} builds.`,
    `Longest delay of the event loop while building: ${delayMs.toFixed(0)} ms; processor time of a build: ${cpuMs.toFixed(0)} ms. A frozen report is ${thousands(Math.round(bytes / 1024))} KB of JSON.`,
    'The baseline knows no intervals, limits, curves, time zones, guards or words.',
  ].join('\n')
}
