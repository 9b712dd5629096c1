/**
 * One side of the bench on reports, in a process of its own:
 * `prepare <folder> <sizes as JSON>` adds published waves and postmortems to what `organisation-case.ts` has filled;
 * `build <folder> <times>` builds the report on a quarter so many times and watches the event loop meanwhile;
 * `bare-build <folder> <times>` asks the same counts by SQL alone; `publish <folder>` publishes it.
 * Prints its answer as JSON.
 */
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import SQLite from 'better-sqlite3'
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { buildReport, periodOfReport } from '#app/reports/build-report.server.ts'
import { publishReport } from '#app/reports/publish-report.server.ts'
import { startDraft } from '#app/reports/start-draft.server.ts'
import { insertRows, inTransaction, openDatabase } from '#db/index.server.ts'
import { timeEach } from './http.ts'

const [act, folder, argument] = process.argv.slice(2) as [string, string, string]
const file = join(folder, 'candor.db')
const QUARTER = '2026-Q3'
const PERIOD = { from: '2026-07-01', to: '2026-10-01', before: '2026-04-01', first: '2025-04-01' }
const WARM_UP = 2
const POSTMORTEMS_EVERY = 5

async function prepare({ waves }: { waves: number }) {
  const db = openDatabase(`file:${file}`)
  const texts = (id: string) => ({ en: `A question about ${id}` })
  const items = Array.from({ length: 10 }, (_, i) => `question-${i}`)
  const options = [1, 2, 3, 4, 5].map(value => ({ value, label: {} }))
  const questionnaire = {
    id: 'incident-culture',
    version: 1,
    title: texts('culture'),
    introduction: null,
    languages: ['en'],
    target: 0.8,
    sections: [
      {
        title: null,
        items: items.map((id, i) => ({
          id,
          kind: 'scale',
          text: texts(id),
          options,
          reversed: false,
          headline: i < 2,
        })),
      },
    ],
  }
  const answers = { favourable: 900, neutral: 300, unfavourable: 200 }
  for (let i = 0; i < waves; i++) {
    const at = new Date(Date.UTC(2026, 8, 10) - i * 91 * 86_400_000).toISOString()
    const release = {
      wave: `wave-${i}`,
      invited: 1800,
      collected: 1500,
      cast: 1400,
      k: 5,
      items: items.map(id => ({
        id,
        kind: 'scale',
        hidden: false,
        n: 1400,
        ...answers,
        favourable: 900 - i * 7,
        neutral: 300 + i * 7,
        mean: 3.9,
        distribution: options.map(({ value }) => ({ value, count: 280 })),
        bounds: [0.5, 0.8],
        interval: [0.6, 0.7],
      })),
      groups: Array.from({ length: 40 }, (_, g) => ({
        id: `team-${g}`,
        label: `Team ${g}`,
        parent: g === 0 ? null : 'team-0',
        hidden: false,
        n: 35,
        items: items.map(id => ({ id, hidden: false, n: 35, favourable: 20, neutral: 10, unfavourable: 5 })),
      })),
      index: 3.9,
      alpha: 0.9,
      agreement: null,
      comments: [],
      redacted: 0,
    }
    await db
      .insertInto('waves')
      .values({
        id: `wave-${i}`,
        title: `Wave ${waves - i}`,
        state: 'published',
        plan: '{}',
        asks_attenders: 0,
        collecting_from: at,
        answering_from: at,
        closes_at: at,
        questionnaire: JSON.stringify(questionnaire),
        release: JSON.stringify(release),
        invited: 1800,
        collected: 1500,
        cast_count: 1400,
        collected_shown: 0,
        published_at: at,
        created_at: at,
        updated_at: at,
      })
      .execute()
  }
  const incidents = await db.selectFrom('incidents').select(['id', 'key', 'resolved_at']).orderBy('id').execute()
  const themes = await db.selectFrom('themes').select('id').execute()
  const written = incidents.filter((_, i) => i % POSTMORTEMS_EVERY === 0)
  const sample = { severity: null, highlights: '[]', summary: '', impact: '', went_well: '', lucky: '', lessons: '' }
  const postmortems = written.map(({ id, key, resolved_at }) => ({
    ...sample,
    id: `pm-${id}`,
    slug: `pm-${key.toLowerCase()}`,
    title: `About ${key}`,
    status: 'published',
    incident_id: id,
    prevention: '',
    detection: '',
    body: '',
    timeline: '[]',
    is_public: 0,
    is_restricted: 0,
    published_at: new Date(Date.parse(resolved_at ?? '2026-01-01') + 86_400_000).toISOString(),
    revision: 1,
    words: 0,
    created_at: resolved_at ?? '',
    updated_at: resolved_at ?? '',
  }))
  const themed = written.map(({ id }, i) => ({ postmortem_id: `pm-${id}`, theme_id: themes[i % themes.length]!.id }))
  await inTransaction(db, async tx => {
    await insertRows(tx, 'postmortems', postmortems as never)
    await insertRows(tx, 'postmortem_themes', themed)
  })
  await db.destroy()
  return {}
}

async function build(times: number) {
  const db = openDatabase(`file:${file}`)
  const period = await periodOfReport(db, QUARTER)
  const once = () => buildReport({ db, clock: systemClock }, period, '2026-10-05T00:00:00.000Z')
  for (let i = 0; i < WARM_UP; i++) await once()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const cpu = process.cpuUsage()
  const measured = await timeEach(Array.from({ length: times }), 1, once)
  delay.disable()
  const { user, system } = process.cpuUsage(cpu)
  await db.destroy()
  return { times: measured, delayMs: delay.max / 1e6, cpuMs: (user + system) / 1000 / times }
}

/** The quarter's, the quarter before's and the months' counts: no intervals, limits, curves, people or words. */
const BARE = [
  "select substr(started_at, 1, 7) as month, severity, count(*), sum(customer_impact), sum(detected_by = 'customer') from incidents where started_at >= :first and started_at < :to group by 1, 2",
  ...['detected_at', 'mitigated_at', 'resolved_at'].map(
    end => `
      select month, avg(minutes) from (
        select substr(started_at, 1, 7) as month, (julianday(${end}) - julianday(started_at)) * 1440 as minutes,
          row_number() over (partition by substr(started_at, 1, 7) order by julianday(${end}) - julianday(started_at)) as place,
          count(*) over (partition by substr(started_at, 1, 7)) as n
        from incidents where started_at >= :first and started_at < :to and ${end} is not null)
      where place in ((n + 1) / 2, (n + 2) / 2) group by month`,
  ),
  'select kind, state, substr(due_on, 1, 7) as month, count(*) from action_items where due_on >= :first and due_on < :to group by 1, 2, 3',
  `select theme_id, count(*) from postmortem_themes join postmortems on postmortems.id = postmortem_id
     where published_at >= :before and published_at < :to group by 1`,
  `select role_assignments.person_id, count(distinct incident_id) from role_assignments
     join incidents on incidents.id = incident_id join people on people.id = role_assignments.person_id
     where role = 'incident commander' and incidents.started_at < :to and is_engineer = 1 group by 1`,
  'select substr(deployed_at, 1, 7) as month, sum(count) from deployments where deployed_at >= :first and deployed_at < :to group by 1',
]

async function bareBuild(times: number) {
  const db = new SQLite(file, { readonly: true })
  const statements = BARE.map(sql => db.prepare(sql))
  const measured = await timeEach(Array.from({ length: times + WARM_UP }), 1, () => {
    for (const statement of statements) {
      const names = Object.keys(PERIOD).filter(name => statement.source.includes(`:${name}`))
      statement.all(Object.fromEntries(names.map(name => [name, PERIOD[name as keyof typeof PERIOD]])))
    }
  })
  return { times: measured.slice(WARM_UP) }
}

async function publish() {
  const db = openDatabase(`file:${file}`)
  const context = { db, clock: systemClock, actor: terminalActor() }
  await startDraft(context, QUARTER)
  const { content } = await publishReport(context, QUARTER)
  await db.destroy()
  return { bytes: JSON.stringify(content).length }
}

const acts: Record<string, () => Promise<object>> = {
  prepare: () => prepare(JSON.parse(argument) as { waves: number }),
  build: () => build(Number(argument)),
  'bare-build': () => bareBuild(Number(argument)),
  publish,
}
console.log(JSON.stringify(await acts[act]!()))
