/** Incidents and services as the API shows them. */
import { peopleByIds } from '#app/identity/people.server.ts'
import { listTeams, type Team } from '#app/identity/teams.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import type { IncidentResource, IncidentSummary, ServiceResource } from './api.ts'
import type { IncidentRecord, IncidentUpdate } from './incident-record.server.ts'
import type { IncidentFacts } from './incidents.server.ts'
import { isOpen } from './moments.ts'
import type { IncidentRecordResource, UpdateResource } from './record-api.ts'
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
    state: isOpen(facts) ? 'open' : 'resolved',
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

export function resourceOfUpdate({ id, at, text, authorName }: IncidentUpdate): UpdateResource {
  return { id, at, text, author: authorName }
}

/** People are named as members see them: by their names. */
export async function resourceOfRecord(db: Db, record: IncidentRecord): Promise<IncidentRecordResource> {
  return {
    incident: await resourceOfIncident(db, record.facts),
    updates: record.updates.map(resourceOfUpdate),
    severityHistory: record.severityHistory.map(({ at, from, to, reason, actorName }) => ({
      at,
      from,
      to,
      reason,
      by: actorName,
    })),
    roles: record.roles.map(({ role, person, from, until, takenOver }) => ({
      role,
      person: person.name,
      from,
      until,
      takenOver,
    })),
    handoffs: record.handoffs.map(({ role, giver, receiver, offeredAt, answer, answeredAt, parts }) => ({
      role,
      giver: giver.name,
      receiver: receiver.name,
      offeredAt,
      answer,
      answeredAt,
      parts,
    })),
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
