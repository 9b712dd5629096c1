/** Whom a plan invites: the people of its teams and of the teams below them, and those of its list. */
import { everybodyHere } from '#app/identity/people.server.ts'
import { listTeams, type Team } from '#app/identity/teams.server.ts'
import type { Db } from '#db/index.server.ts'
import type { WavePlan } from '../wave.ts'
import { groupsOfPeople } from './group-tree.ts'

export interface Invited {
  personId: string
  name: string
  email: string
  teamId: string | null
  /** The group on the form that they belong to; null where the plan asks for none. */
  groupId: string | null
}

/** In the order of their addresses, without those who have left by `day` (YYYY-MM-DD). Two queries. */
export async function invitedOf(
  db: Db,
  plan: Pick<WavePlan, 'teamIds' | 'personIds' | 'grouping'>,
  day: string,
): Promise<Invited[]> {
  const [teams, here] = await Promise.all([listTeams(db), everybodyHere(db, day)])
  const chosenTeams = withTeamsBelow(teams, plan.teamIds)
  const listed = new Set(plan.personIds)
  const people = here
    .filter(person => listed.has(person.id) || (person.teamId !== null && chosenTeams.has(person.teamId)))
    .map(({ id, name, email, teamId }) => ({ personId: id, name, email, teamId }))
    .sort((one, other) => (one.email < other.email ? -1 : 1))
  const groups = plan.grouping === null ? null : groupsOfPeople(teams, people)
  return people.map(person => ({ ...person, groupId: groups?.get(person.personId) ?? null }))
}

/** These teams and all below them. */
export function withTeamsBelow(teams: readonly Team[], ids: readonly string[]): Set<string> {
  const chosen = new Set(ids)
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size
    for (const team of teams) if (team.parentId !== null && chosen.has(team.parentId)) chosen.add(team.id)
  }
  return chosen
}
