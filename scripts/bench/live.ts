/** How soon everybody at a live board hears of a command, beside a bare event-stream server. */
import { freePort } from '#test/support/start-postgres.ts'
import { memoryOf } from './live-memory.ts'
import { flawsIn, give, giveMany, type Live, openViewers, timeToHear, type Viewers } from './live-viewers.ts'
import { type Bench, quantile, runCase, startCase, tableOf, thousands, withFolder } from './measure.ts'
import { startPostgres, withPostgresDatabase } from './postgres.ts'

const BASELINE = 'Baseline: bare server, one row, one event'
const STREAMS_EACH = 10

interface Served {
  url: string
  pid: number
  memory: string
}

interface Prepared {
  forum: string
  boss: string
  cookies: string[]
}

interface Measured {
  label: string
  viewers: number
  times: number[]
  /** Of the server, for each viewer; not measured where others share the machine's attention. */
  bytesEach?: number
}

interface Recovery {
  servedMs: number
  backMs: number
  flaws: number
}

interface Sizes {
  viewers: number
  turns: number
  commands: number
}

const bench: Bench = {
  title: 'live: from a command to everybody’s board',
  async run({ quick, say }) {
    const sizes: Sizes = quick
      ? { viewers: 50, turns: 3, commands: 100 }
      : { viewers: 1_000, turns: 60, commands: 5_000 }
    const measured: Measured[] = []
    const lines: string[] = []
    const json: Record<string, unknown> = {}
    await withFolder(async folder => {
      say(BASELINE)
      const bare = await startCase<Served>('bare-stream.ts', folder)
      try {
        const live = { url: bare.answer.url, forum: 'bare' }
        measured.push(await hearing(BASELINE, live, bare.answer, { forum: 'bare', boss: '', cookies: [''] }, sizes))
      } finally {
        await bare.stop()
      }
      const databaseUrl = `file:${folder}/candor.db`
      const people = String(Math.ceil(sizes.viewers / STREAMS_EACH))
      const prepared = await runCase<Prepared>('live-case.ts', 'prepare', folder, databaseUrl, people)
      const port = String(await freePort())
      const serve = () => startCase<Served>('live-case.ts', 'serve', folder, databaseUrl, port)
      let server = await serve()
      const live: Live = { url: server.answer.url, forum: prepared.forum }
      try {
        await give(live, prepared.boss, { type: 'start', expectedRevision: 0 })
        say('Candor, SQLite')
        measured.push(await hearing('Candor, SQLite', live, server.answer, prepared, sizes))
        say(`${thousands(sizes.commands)} commands`)
        const burst = await manyCommands(live, prepared, sizes)
        Object.assign(json, { burst })
        lines.push(
          `${thousands(sizes.commands)} commands by 16 people: ${thousands(Math.round(burst.perSecond))} a second; 20 viewers heard each once and in order, with ${burst.flaws} flaws.`,
        )
        say('kill -9')
        const { recovery, again } = await recover(live, prepared, sizes, server, serve)
        server = again
        Object.assign(json, { recovery })
        lines.push(
          `kill -9 with ${thousands(sizes.viewers)} viewers, started again at once: served after ${seconds(recovery.servedMs)} s, all back after ${seconds(recovery.backMs)} s, with ${recovery.flaws} flaws.`,
        )
      } finally {
        await server.stop()
      }
      const postgres = await startPostgres()
      if ('reason' in postgres) lines.push(`Two instances on PostgreSQL: ${postgres.reason}`)
      else
        try {
          say('Two instances on PostgreSQL')
          await withPostgresDatabase(postgres.url, async url => {
            measured.push(...(await twoInstances(folder, url, sizes)))
          })
        } finally {
          await postgres.stop()
        }
    })
    return {
      json: { bench: 'live', baseline: BASELINE, results: measured.map(asJson), ...json },
      text: [asTable(measured), '', ...lines, NOTE].join('\n'),
    }
  },
}
export default bench

const NOTE =
  'Milliseconds from sending a note to its being heard, all viewers in one process on the same machine; the commands’ own time is in them, SQLite with synchronous=FULL.'

async function hearing(
  label: string,
  live: Live,
  { memory }: Served,
  { boss, cookies }: Prepared,
  { viewers: count, turns }: Sizes,
): Promise<Measured> {
  const before = await memoryOf(memory)
  const viewers = await openViewers(live, cookies, count)
  try {
    await timeToHear(live, boss, viewers, Math.ceil(turns / 10))
    const times = await timeToHear(live, boss, viewers, turns)
    return { label, viewers: count, times, bytesEach: ((await memoryOf(memory)) - before) / count }
  } finally {
    viewers.leave()
  }
}

async function manyCommands(live: Live, { boss, cookies }: Prepared, { commands }: Sizes) {
  const viewers = await openViewers(live, cookies, 20)
  try {
    const before = await give(live, boss, { type: 'park', text: 'The first' })
    const perSecond = await giveMany(live, boss, commands)
    await viewers.heard(before + commands)
    return { commands, perSecond, flaws: flawsOf(viewers, 1, before + commands) }
  } finally {
    viewers.leave()
  }
}

function flawsOf(viewers: Viewers, first: number, last: number): number {
  return viewers.all.reduce((sum, viewer) => sum + flawsIn(viewer, first, last), 0)
}

async function recover(
  live: Live,
  { boss, cookies }: Prepared,
  { viewers: count }: Sizes,
  server: { answer: Served; ended: Promise<void> },
  serve: () => ReturnType<typeof startCase<Served>>,
): Promise<{ recovery: Recovery; again: Awaited<ReturnType<typeof startCase<Served>>> }> {
  const before = await give(live, boss, { type: 'park', text: 'Before' })
  const viewers = await openViewers(live, cookies, count, before)
  try {
    const start = performance.now()
    process.kill(server.answer.pid, 'SIGKILL')
    await server.ended.catch(() => undefined)
    const again = await serve()
    const servedMs = performance.now() - start
    const revision = await give(live, boss, { type: 'park', text: 'After' })
    await viewers.heard(revision)
    const backMs = performance.now() - start
    const flaws = flawsOf(viewers, before + 1, revision)
    return { recovery: { servedMs, backMs, flaws }, again }
  } finally {
    viewers.leave()
  }
}

async function twoInstances(folder: string, url: string, sizes: Sizes): Promise<Measured[]> {
  const half = sizes.viewers / 2
  const people = String(Math.ceil(sizes.viewers / STREAMS_EACH))
  const prepared = await runCase<Prepared>('live-case.ts', 'prepare', folder, url, people)
  const [one, other] = await Promise.all([0, 0].map(() => startCase<Served>('live-case.ts', 'serve', folder, url, '0')))
  const near = { url: one!.answer.url, forum: prepared.forum }
  const far = { url: other!.answer.url, forum: prepared.forum }
  try {
    await give(near, prepared.boss, { type: 'start', expectedRevision: 0 })
    const [own, others] = [
      await openViewers(near, prepared.cookies, half),
      await openViewers(far, prepared.cookies, half),
    ]
    const both: Viewers = {
      all: [...own.all, ...others.all],
      heard: async (revision, withinMs) =>
        void (await Promise.all([own.heard(revision, withinMs), others.heard(revision, withinMs)])),
      leave() {
        own.leave()
        others.leave()
      },
    }
    try {
      await timeToHear(near, prepared.boss, both, Math.ceil(sizes.turns / 10))
      const all = await timeToHear(near, prepared.boss, both, sizes.turns)
      const isOwn = (place: number) => place % both.all.length < own.all.length
      const times = (isWanted: (place: number) => boolean) => all.filter((_, place) => isWanted(place))
      return [
        { label: 'Candor, PostgreSQL, same instance', viewers: half, times: times(isOwn) },
        { label: 'Candor, PostgreSQL, other instance', viewers: half, times: times(place => !isOwn(place)) },
      ]
    } finally {
      both.leave()
    }
  } finally {
    await Promise.all([one!.stop(), other!.stop()])
  }
}

const SHARES = [0.5, 0.95, 0.99, 1]

function asJson({ label, viewers, times, bytesEach }: Measured): object {
  const [p50, p95, p99, all] = SHARES.map(share => quantile(times, share))
  return { case: label, viewers, p50, p95, p99, all, ...(bytesEach === undefined ? {} : { bytesEach }) }
}

function asTable(measured: Measured[]): string {
  return tableOf(
    ['case', 'viewers', '50 %', '95 %', '99 %', 'all', 'kB each'],
    measured.map(({ label, viewers, times, bytesEach }) => [
      label,
      thousands(viewers),
      ...SHARES.map(share => quantile(times, share).toFixed(0)),
      bytesEach === undefined ? '–' : (bytesEach / 1_000).toFixed(0),
    ]),
  )
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}
