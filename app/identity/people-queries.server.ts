/** People, their leaves, and who they are to others. */
import type { Insertable } from 'kysely'
import { newId } from '#app/platform/ids.server.ts'
import type { Db, Tables } from '#db/index.server.ts'
import { isStorable } from './fields.ts'
import { MAILS_AT_FIRST } from './mails.ts'
import type { Leave, Person } from './person.ts'

/** PostgreSQL and SQLite take at least this many parameters in one statement. */
const SLICE = 500

type Row = Pick<
  Tables['people'],
  'id' | 'name' | 'email' | 'team_id' | 'manager_id' | 'is_engineer' | 'started_on' | 'left_on' | 'time_zone'
>

const columns = [
  'id',
  'name',
  'email',
  'team_id',
  'manager_id',
  'is_engineer',
  'started_on',
  'left_on',
  'time_zone',
] as const

function toPerson(row: Row): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    teamId: row.team_id,
    managerId: row.manager_id,
    isEngineer: row.is_engineer === 1,
    startedOn: row.started_on,
    leftOn: row.left_on,
    timeZone: row.time_zone,
  }
}

function toRow(person: Person): Row {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    team_id: person.teamId,
    manager_id: person.managerId,
    is_engineer: person.isEngineer ? 1 : 0,
    started_on: person.startedOn,
    left_on: person.leftOn,
    time_zone: person.timeZone,
  }
}

export async function personById(db: Db, id: string): Promise<Person | undefined> {
  if (!isStorable(id)) return undefined
  const row = await db.selectFrom('people').select(columns).where('id', '=', id).executeTakeFirst()
  return row && toPerson(row)
}

export async function personByEmail(db: Db, email: string): Promise<Person | undefined> {
  const row = await db.selectFrom('people').select(columns).where('email', '=', email).executeTakeFirst()
  return row && toPerson(row)
}

export async function allPeople(db: Db): Promise<Person[]> {
  return (await db.selectFrom('people').select(columns).orderBy('id').execute()).map(toPerson)
}

/** People whose id or address is among `values`. */
export async function peopleWhere(db: Db, column: 'id' | 'email', values: readonly string[]): Promise<Person[]> {
  const found: Person[] = []
  for (let at = 0; at < values.length; at += SLICE) {
    const slice = values.slice(at, at + SLICE)
    const rows = await db.selectFrom('people').select(columns).where(column, 'in', slice).execute()
    found.push(...rows.map(toPerson))
  }
  return found
}

/** People with their team's name and their account's role, for lists. */
export function peopleWithTeams(db: Db) {
  return db
    .selectFrom('people')
    .leftJoin('teams', 'teams.id', 'people.team_id')
    .leftJoin('accounts', 'accounts.person_id', 'people.id')
    .select([
      'people.id',
      'people.name',
      'people.email',
      'people.team_id as teamId',
      'teams.name as teamName',
      'teams.slug as teamSlug',
      'people.manager_id as managerId',
      'people.is_engineer as isEngineer',
      'people.started_on as startedOn',
      'people.left_on as leftOn',
      'people.time_zone as timeZone',
      'accounts.id as accountId',
      'accounts.role',
      'accounts.disabled_at as disabledAt',
      'accounts.password_hash as passwordHash',
    ])
}

export type PersonWithTeam = Awaited<ReturnType<ReturnType<typeof peopleWithTeams>['execute']>>[number]

/** Only what is needed to ask who is above whom. */
export async function managersOfAll(db: Db): Promise<Map<string, string | null>> {
  const rows = await db.selectFrom('people').select(['id', 'manager_id']).execute()
  return new Map(rows.map(row => [row.id, row.manager_id]))
}

export function reportsOf(db: Db, personId: string) {
  return db
    .selectFrom('people')
    .where('manager_id', '=', personId)
    .where('left_on', 'is', null)
    .select(['id', 'name'])
    .orderBy('name')
    .execute()
}

export async function insertPerson(db: Db, person: Person, now: string): Promise<void> {
  await insertPeople(db, [person], now)
}

export async function insertPeople(db: Db, people: Person[], now: string): Promise<void> {
  for (let at = 0; at < people.length; at += SLICE) {
    const rows: Insertable<Tables['people']>[] = people
      .slice(at, at + SLICE)
      .map(person => ({ ...toRow(person), mails: JSON.stringify(MAILS_AT_FIRST), created_at: now, updated_at: now }))
    await db.insertInto('people').values(rows).execute()
  }
}

export async function updatePerson(db: Db, person: Person, now: string): Promise<void> {
  const { id, ...row } = toRow(person)
  await db
    .updateTable('people')
    .set({ ...row, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export async function mailsOf(db: Db, personId: string): Promise<string> {
  const row = await db.selectFrom('people').where('id', '=', personId).select('mails').executeTakeFirst()
  return row?.mails ?? '[]'
}

/** What decides whether these people get a mail. */
export async function mailFacts(db: Db, ids: readonly string[]) {
  const found = []
  for (let at = 0; at < ids.length; at += SLICE)
    found.push(
      ...(await db
        .selectFrom('people')
        .leftJoin('accounts', 'accounts.person_id', 'people.id')
        .where('people.id', 'in', ids.slice(at, at + SLICE))
        .select([
          'people.id',
          'people.name',
          'people.email',
          'people.left_on as leftOn',
          'people.time_zone as timeZone',
          'people.mails',
          'accounts.disabled_at as disabledAt',
        ])
        .execute()),
    )
  return found
}

export async function updatePreferences(
  db: Db,
  personId: string,
  { timeZone, mails, now }: { timeZone: string | null; mails: string; now: string },
): Promise<void> {
  await db
    .updateTable('people')
    .set({ time_zone: timeZone, mails, updated_at: now })
    .where('id', '=', personId)
    .execute()
}

export async function leavesOf(db: Db, personId: string): Promise<Leave[]> {
  return db
    .selectFrom('leaves')
    .where('person_id', '=', personId)
    .select(['starts_on as startsOn', 'ends_on as endsOn'])
    .orderBy('starts_on')
    .execute()
}

export async function allLeaves(db: Db): Promise<Map<string, Leave[]>> {
  const rows = await db
    .selectFrom('leaves')
    .select(['person_id', 'starts_on', 'ends_on'])
    .orderBy('person_id')
    .orderBy('starts_on')
    .execute()
  const leaves = new Map<string, Leave[]>()
  for (const row of rows) {
    const list = leaves.get(row.person_id) ?? []
    list.push({ startsOn: row.starts_on, endsOn: row.ends_on })
    leaves.set(row.person_id, list)
  }
  return leaves
}

export async function replaceLeaves(db: Db, personId: string, leaves: readonly Leave[]): Promise<void> {
  await db.deleteFrom('leaves').where('person_id', '=', personId).execute()
  await insertLeaves(
    db,
    leaves.map(leave => ({ personId, leave })),
  )
}

export async function insertLeaves(db: Db, leaves: { personId: string; leave: Leave }[]): Promise<void> {
  for (let at = 0; at < leaves.length; at += SLICE)
    await db
      .insertInto('leaves')
      .values(
        leaves.slice(at, at + SLICE).map(({ personId, leave }) => ({
          id: newId(),
          person_id: personId,
          starts_on: leave.startsOn,
          ends_on: leave.endsOn,
        })),
      )
      .execute()
}
