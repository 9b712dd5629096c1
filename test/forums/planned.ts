/** What the tests of planning and closing share: a small organisation, its incidents, a clock that can be moved. */
import type { Harvest, HarvestedItem } from '#app/forums/harvest.ts'
import { importAnything } from '#app/home/import-anything.server.ts'
import type { Actor, Role } from '#app/identity/actor.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import type { Db } from '#db/index.server.ts'
import type { TestDatabase } from '#test/support/databases.ts'

export const NOW = '2026-11-23T10:00:00.000Z'

export function movableClock(start = NOW) {
  let at = Date.parse(start)
  return {
    now: () => at,
    set(iso: string) {
      at = Date.parse(iso)
    },
  }
}

const FILES = {
  people: `name,email,team,start_date,is_engineer,leave_from,leave_to
Ada,ada@x.test,Payments,2020-01-01,yes,,
Ben,ben@x.test,Payments,2020-01-01,yes,2026-12-10,2026-12-20
Cem,cem@x.test,Search,2020-01-01,yes,,
Dua,dua@x.test,Search,2020-01-01,yes,,
`,
  incidents: `key,title,severity,started_at,resolved_at,incident_commander,services,family
INC-1,Checkout stalled,SEV-1,2026-11-03T10:00:00Z,2026-11-03T12:00:00Z,ada@x.test,checkout,pool
INC-2,Search was empty,SEV-3,2026-11-05T10:00:00Z,2026-11-05T12:00:00Z,ben@x.test,search,
INC-3,Checkout stalled before,SEV-4,2026-08-05T10:00:00Z,2026-08-05T12:00:00Z,ada@x.test,checkout,pool
INC-4,A label was wrong,SEV-4,2026-11-06T10:00:00Z,2026-11-06T12:00:00Z,cem@x.test,search,
INC-5,Mail was late,SEV-2,2026-11-07T10:00:00Z,2026-11-07T12:00:00Z,cem@x.test,mail,
`,
  postmortems: `incident,title,status,published_at,themes,body
INC-1,Why checkout stalled,published,2026-11-05T10:00:00Z,change,A deploy doubled the retries.
INC-2,A draft that stays among its authors,draft,,,Nobody else should read the word quizzaciously.
`,
}

/** A prepared database with four people, five incidents and two postmortems, one of them a draft. */
export async function organisation(database: TestDatabase, clock: { now(): number }): Promise<Db> {
  const db = await database.fresh()
  await prepareDatabase({ db, clock })
  for (const [kind, text] of Object.entries(FILES)) {
    const files = [{ name: `${kind}.csv`, bytes: Buffer.from(text) }]
    const { errors } = await importAnything({ db, clock, actor: terminalActor() }, kind as keyof typeof FILES, files)
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
  }
  for (const [service, team] of [
    ['checkout', 'payments'],
    ['search', 'search'],
  ] as const)
    await db
      .updateTable('services')
      .set({
        team_id: (await db.selectFrom('teams').select('id').where('slug', '=', team).executeTakeFirstOrThrow()).id,
      })
      .where('slug', '=', service)
      .execute()
  return db
}

export async function as(db: Db, name: 'ada' | 'ben' | 'cem' | 'dua', role: Role = 'member'): Promise<Actor> {
  const email = `${name}@x.test`
  const person = await db.selectFrom('people').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
  return {
    accountId: name,
    personId: person.id,
    name: person.name,
    email,
    role,
    timeZone: 'Europe/Berlin',
    via: 'session',
  }
}

export const FORUM = {
  title: 'Incident review forum',
  startsAt: '2026-12-15T14:00:00Z',
  timeZone: 'Europe/Berlin',
  place: 'Room 4',
  callUrl: 'https://meet.example.org/f',
}

export const SERIES = {
  title: 'Incident review forum',
  rhythm: 'month-1',
  nth: '3',
  weekday: '2',
  startsAtWall: '15:00',
  timeZone: 'Europe/Berlin',
  minutes: 60,
  place: 'Room 4',
  callUrl: '',
  firstOn: '2026-11-23',
  rota: 'ada@x.test, ben@x.test\ncem@x.test',
  evenSo: false,
}

export function discussed(itemId: string, more: Partial<HarvestedItem> = {}): HarvestedItem {
  return {
    itemId,
    wasDiscussed: true,
    spentSeconds: 14 * 60,
    notes: [],
    factors: [],
    themes: [],
    proposals: [],
    ...more,
  }
}

export function harvestOf(items: HarvestedItem[], more: Partial<Harvest> = {}): Harvest {
  return { items, patterns: [], proposals: [], parkingLot: [], attended: [], ...more }
}

/** What a refused promise says about each field. */
export async function fieldsOf(work: Promise<unknown>): Promise<Record<string, string>> {
  try {
    await work
  } catch (error) {
    const { errors, message } = error as { errors?: { path: string; message: string }[]; message: string }
    if (!errors) throw error
    return errors.length > 0 ? Object.fromEntries(errors.map(one => [one.path, one.message])) : { '': message }
  }
  throw new Error('nothing was refused')
}

/** The same database, counting what it is asked. */
export function counting(db: Db): { db: Db; queries: () => number } {
  let queries = 0
  const counted = db.withPlugin({
    transformQuery: ({ node }) => {
      queries++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { db: counted, queries: () => queries }
}
