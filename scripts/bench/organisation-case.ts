/**
 * One side of the benches on an organisation, in a process of its own:
 * `prepare <folder> <sizes as JSON>` fills a database by the imports, and signs somebody in;
 * `figures|bare-figures <folder> <times>` works out the figures of a year so many times;
 * `bare-list <folder> <times>` reads what a page of the list needs, page after page;
 * `serve <folder>` serves them until it is told to stop. Prints its answer as JSON.
 */
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { type ImportKind, importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { readFigures } from '#app/reports/figures.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { cookieOfEditor, serve, timeEach } from './http.ts'
import { madeUpOrganisation, type Sizes } from './organisation.ts'

const [act, folder, argument] = process.argv.slice(2) as [string, string, string]
const file = join(folder, 'candor.db')
const databaseUrl = `file:${file}`
const YEAR = { from: '2025-10-01', to: '2026-10-01', asOf: '2026-10-05T00:00:00Z' }
/** Before anything is counted, so that the compiler has seen the code. */
const WARM_UP = 5

async function prepare(sizes: Sizes) {
  const db = openDatabase(databaseUrl)
  await prepareDatabase({ db, clock: systemClock })
  const context = { db, clock: systemClock, actor: terminalActor() }
  for (const [kind, csv] of madeUpOrganisation(sizes)) {
    const files = [{ name: `${kind}.csv`, bytes: new TextEncoder().encode(csv) }]
    const report = await importAnything(context, kind as ImportKind, files)
    if (report.errors.length) throw new Error(`${kind}: ${report.errors[0]?.message}`)
  }
  const cookie = await cookieOfEditor(context)
  await db.destroy()
  return { cookie }
}

async function timed(times: number, work: () => Promise<unknown> | unknown) {
  const turns = Array.from({ length: times + WARM_UP })
  return { times: (await timeEach(turns, 1, work)).slice(WARM_UP) }
}

async function figures(times: number) {
  const db = openDatabase(databaseUrl)
  const answer = await timed(times, () => readFigures({ db, clock: systemClock, actor: terminalActor() }, YEAR))
  await db.destroy()
  return answer
}

/** The year's counts and medians by SQL alone: no months, intervals, limits, guards, time zones. */
const BARE_FIGURES = [
  'select severity, count(*), sum(customer_impact), sum(detected_by = :customer) from incidents where started_at >= :from and started_at < :to group by severity',
  ...['detected_at', 'mitigated_at', 'resolved_at'].map(
    end => `
      select avg(minutes) from (
        select (julianday(${end}) - julianday(started_at)) * 1440 as minutes,
          row_number() over (order by julianday(${end}) - julianday(started_at)) as place, count(*) over () as n
        from incidents where started_at >= :from and started_at < :to and ${end} is not null)
      where place in ((n + 1) / 2, (n + 2) / 2)`,
  ),
  `select count(*) from incidents one where resolved_at >= :from and resolved_at < :to and exists
     (select 1 from incidents other where other.family_id = one.family_id and other.resolved_at < one.resolved_at
       and julianday(one.resolved_at) - julianday(other.resolved_at) <= 183)`,
  'select kind, state, count(*) from action_items where due_on >= :from and due_on < :to group by kind, state',
  'select sum(count) from deployments where deployed_at >= :from and deployed_at < :to',
  `select role_assignments.person_id, count(distinct incident_id) from role_assignments
     join incidents on incidents.id = incident_id join people on people.id = role_assignments.person_id
     where role = 'incident commander' and incidents.started_at < :to and is_engineer = 1 group by 1`,
]

function bareFigures(times: number) {
  const db = new SQLite(file, { readonly: true })
  const statements = BARE_FIGURES.map(sql => db.prepare(sql))
  const values = { from: YEAR.from, to: YEAR.to, customer: 'customer' }
  return timed(times, () => {
    for (const [index, statement] of statements.entries())
      statement.all(index === 0 ? values : { from: YEAR.from, to: YEAR.to })
  })
}

/** Fifty incidents and their services, and how many there are. */
function bareList(times: number) {
  const db = new SQLite(file, { readonly: true })
  const total = db.prepare('select count(*) from incidents')
  const page = db.prepare(`
    select incidents.*, (select group_concat(name) from incident_services join services on services.id = service_id
      where incident_id = incidents.id) as services
    from incidents order by coalesce(started_at, detected_at, '') desc, id desc limit 50 offset ?`)
  let turn = 0
  return timed(times, () => [total.get(), page.all(50 * (turn++ % 20))])
}

const acts: Record<string, () => Promise<object>> = {
  prepare: () => prepare(JSON.parse(argument) as Sizes),
  figures: () => figures(Number(argument)),
  'bare-figures': () => bareFigures(Number(argument)),
  'bare-list': () => bareList(Number(argument)),
  serve: () => serve(folder, databaseUrl),
}
console.log(JSON.stringify(await acts[act]!()))
