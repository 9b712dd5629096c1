/** Incidents and services as the API shows them. */
import { peopleByIds } from '#app/identity/people.server.ts'
import { listTeams, type Team } from '#app/identity/teams.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import type { IncidentResource, IncidentSummary, ServiceResource } from './api.ts'
import type { IncidentFacts } from './incidents.server.ts'
import type { Service } from './services.server.ts'

export function summaryOf(facts: IncidentFacts): IncidentSummary {
  return {
    key: facts.key,
    externalId: facts.externalId,
    title: facts.title,
    severity: facts.severity,
    startedAt: facts.startedAt,
    detectedAt: facts.detectedAt,
    acknowledgedAt: facts.acknowledgedAt,
    mitigatedAt: facts.mitigatedAt,
    resolvedAt: facts.resolvedAt,
    services: facts.services.map(({ slug, name }) => ({ slug, name })),
    family: facts.family,
  }
}

export async function resourceOfIncident(db: Db, facts: IncidentFacts): Promise<IncidentResource> {
  const commander = facts.commanderId ? (await peopleByIds(db, [facts.commanderId])).get(facts.commanderId) : undefined
  return {
    ...summaryOf(facts),
    summary: facts.summary,
    detectedBy: facts.detectedBy,
    customerImpact: facts.customerImpact,
    impactNote: facts.impactNote,
    incidentCommander: commander ? { name: commander.name, email: commander.email } : null,
    sourceUrl: facts.sourceUrl,
    flags: facts.flags,
    updatedAt: facts.updatedAt,
  }
}

export async function resourcesOfServices(db: Db, services: Service[]): Promise<ServiceResource[]> {
  const teams = new Map((await listTeams(db)).map(team => [team.id, team]))
  return services.map(({ slug, name, teamId }) => ({ slug, name, team: teamIn(teams.get(teamId ?? '')) }))
}

function teamIn(team: Team | undefined): ServiceResource['team'] {
  return team ? { slug: team.slug, name: team.name } : null
}

/** The id of the team with this slug. @throws AppError invalid naming `team`. */
export async function teamIdOf(db: Db, slug: string | null | undefined): Promise<string | null | undefined> {
  if (slug === null || slug === undefined) return slug
  const team = (await listTeams(db)).find(one => one.slug === slug)
  if (!team) throw invalidField('team', `There is no team “${slug}”.`)
  return team.id
}
