/** People and teams as the API shows them. */
import type { PersonResource, TeamResource } from './api.ts'
import type { WholePerson } from './get-person.server.ts'
import type { TeamView } from './list-teams.server.ts'
import type { PersonInput } from './person.ts'

export function resourceOfPerson({ id, name, team, role, details, manager, leaves }: WholePerson): PersonResource {
  return {
    id,
    name,
    team: team && { slug: team.slug, name: team.name },
    role,
    ...details,
    ...(manager === undefined ? {} : { managerEmail: manager?.email ?? null }),
    ...(leaves === undefined ? {} : { leaves }),
  }
}

/** What a person is now, as `savePerson` takes it: what a change starts from. */
export function inputOf({ name, team, details, manager, leaves }: WholePerson): PersonInput {
  return {
    name,
    email: details?.email ?? '',
    team: team?.slug ?? null,
    managerEmail: manager?.email ?? null,
    isEngineer: details?.isEngineer ?? false,
    startedOn: details?.startedOn ?? null,
    leftOn: details?.leftOn ?? null,
    timeZone: details?.timeZone ?? null,
    leaves: leaves ?? [],
  }
}

export function resourcesOfTeams(teams: readonly TeamView[]): TeamResource[] {
  const slugs = new Map(teams.map(team => [team.id, team.slug]))
  return teams.map(({ slug, name, parentId, people }) => ({
    slug,
    name,
    parent: slugs.get(parentId ?? '') ?? null,
    people,
  }))
}
