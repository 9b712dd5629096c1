/** How many people can answer a survey at once, beside a bare server that keeps and signs. */
import { Agent } from 'node:http'
import { cast, collect, peopleOf, post, readPage, type Target } from './ballot-clients.ts'
import { timeEach } from './http.ts'
import { type Bench, medianOf, runCase, startCase, tableOf, thousands, withFolder } from './measure.ts'
import { startPostgres, withPostgresDatabase } from './postgres.ts'

const CLIENTS = 16
const BASELINE = 'Baseline: bare server, page, insert, signature, verification'

interface Measured {
  label: string
  /** Done per second, by pass. */
  rates: number[]
  notMeasured?: string
}

const bench: Bench = {
  title: 'ballots: responses per second',
  async run({ quick, say }) {
    const [turns, passes] = quick ? [30, 1] : [500, 3]
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
    const measured: Measured[] = []
    const measure = async <T>(label: string, all: readonly T[], work: (one: T) => Promise<unknown>) => {
      say(label)
      const rates: number[] = []
      for (let pass = 0; pass < passes; pass++) {
        const some = all.slice(pass * turns, (pass + 1) * turns)
        const start = performance.now()
        await timeEach(some, CLIENTS, work)
        rates.push((1_000 * some.length) / (performance.now() - start))
      }
      measured.push({ label, rates })
    }

    await withFolder(async folder => {
      await withServer('bare-ballots.ts', [folder, '40000'], async ({ url }) => {
        const turnsOfAll = Array.from({ length: turns * passes })
        for (const [label, path] of [
          ['Bare server: page, insert', '/insert'],
          [BASELINE, '/sign'],
        ] as const)
          await measure(label, turnsOfAll, async () => {
            await readPage({ url, agent }, '/')
            await post({ url, agent }, path)
          })
      })
      const candor = async (database: string, databaseUrl: string) => {
        say(`${database}: people are invited, ballots blinded`)
        const { wave, publicKey, cookies } = await runCase<Invited>(
          'ballots-case.ts',
          'prepare',
          folder,
          databaseUrl,
          String(2 * turns * passes),
        )
        const people = peopleOf(publicKey, cookies)
        const [byParts, whole] = [people.slice(0, turns * passes), people.slice(turns * passes)]
        await withServer('ballots-case.ts', ['serve', folder, databaseUrl], async ({ url }) => {
          const target: Target = { url, wave, publicKey, agent }
          const read = () => readPage(target, `/respond/${wave}`)
          await read()
          await measure(`Candor, ${database}: page`, byParts, read)
          await measure(`Candor, ${database}: collect`, byParts, person => collect(target, person))
          await measure(`Candor, ${database}: cast`, byParts, person => cast(target, person))
          await measure(`Candor, ${database}: page, collect, cast`, whole, async person => {
            await read()
            await collect(target, person)
            await cast(target, person)
          })
        })
      }
      await candor('SQLite', `file:${folder}/candor.db`)
      const postgres = await startPostgres()
      if ('reason' in postgres) measured.push({ label: 'Candor, PostgreSQL', rates: [], notMeasured: postgres.reason })
      else
        try {
          await withPostgresDatabase(postgres.url, url => candor('PostgreSQL', url))
        } finally {
          await postgres.stop()
        }
    })
    agent.destroy()
    return { json: asJson(measured), text: asText(measured, turns, passes) }
  },
}
export default bench

interface Invited {
  wave: string
  publicKey: string
  cookies: string[]
}

async function withServer(
  program: string,
  args: string[],
  work: (server: { url: string }) => Promise<void>,
): Promise<void> {
  const server = await startCase<{ url: string }>(program, ...args)
  try {
    await work(server.answer)
  } finally {
    await server.stop()
  }
}

function rateOf({ rates }: Measured): number {
  return medianOf(rates, rate => rate)
}

function ratioOf(one: Measured, all: Measured[]): number {
  return rateOf(one) / rateOf(all.find(other => other.label === BASELINE) as Measured)
}

function asJson(measured: Measured[]): object {
  return {
    bench: 'ballots',
    baseline: BASELINE,
    clients: CLIENTS,
    results: measured.map(one => ({
      case: one.label,
      ...(one.notMeasured
        ? { notMeasured: one.notMeasured }
        : { perSecond: rateOf(one), ratio: ratioOf(one, measured) }),
    })),
  }
}

function asText(measured: Measured[], turns: number, passes: number): string {
  const rows = measured.map(one =>
    one.notMeasured
      ? [one.label, '–', '–']
      : [one.label, thousands(Math.round(rateOf(one))), `${ratioOf(one, measured).toFixed(2)}×`],
  )
  return [
    tableOf(['case', 'per second', 'to baseline'], rows),
    '',
    `${CLIENTS} clients on the same machine, each waiting for its answer; ${thousands(turns)} a pass, medians of ${passes} ${passes === 1 ? 'pass' : 'passes'}; SQLite with synchronous=FULL.`,
    'Blinding is the browser’s work and not measured; unblinding is done by the clients.',
    ...measured.flatMap(one => (one.notMeasured ? [`${one.label}: ${one.notMeasured}`] : [])),
  ].join('\n')
}
