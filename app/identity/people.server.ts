/** People for other rooms: to put a name to an id, and an id to an address. */
import type { Db } from '#db/index.server.ts'
import { isStorable, normaliseEmail } from './fields.ts'
import { allLeaves, allPeople, peopleWhere } from './people-queries.server.ts'
import type { Leave, Person } from './person.ts'

export interface PersonReference {
  id: string
  name: string
  email: string
  teamId: string | null
  /** Their last day, where it is known. */
  leftOn: string | null
}

/** @returns those that exist, by id. */
export async function peopleByIds(db: Db, ids: readonly string[]): Promise<Map<string, PersonReference>> {
  const people = await peopleWhere(db, 'id', ids.filter(isStorable))
  return new Map(people.map(person => [person.id, person]))
}

/** @returns those that exist, by their address in lower case. */
export async function peopleByEmails(db: Db, emails: readonly string[]): Promise<Map<string, PersonReference>> {
  const people = await peopleWhere(db, 'email', emails.filter(isStorable).map(normaliseEmail))
  return new Map(people.map(person => [person.email, person]))
}

export interface CensusEntry extends Pick<Person, 'id' | 'teamId' | 'isEngineer' | 'startedOn' | 'leftOn'> {
  leaves: Leave[]
}

/** Everybody who is or was here, without names, for counting people. */
export async function census(db: Db): Promise<CensusEntry[]> {
  const [people, leaves] = await Promise.all([allPeople(db), allLeaves(db)])
  return people.map(({ id, teamId, isEngineer, startedOn, leftOn }) => ({
    id,
    teamId,
    isEngineer,
    startedOn,
    leftOn,
    leaves: leaves.get(id) ?? [],
  }))
}

/** Everybody who is here, by name, to find those whom a text mentions. */
export async function everybodyHere(db: Db, today: string): Promise<PersonReference[]> {
  return (await allPeople(db)).filter(person => person.leftOn === null || person.leftOn > today)
}

/** @returns those who exist and are here on `today`, by id. */
export async function peopleHere(db: Db, ids: readonly string[], today: string): Promise<Map<string, PersonReference>> {
  const people = await peopleByIds(db, ids)
  return new Map([...people].filter(([, person]) => person.leftOn === null || person.leftOn > today))
}
