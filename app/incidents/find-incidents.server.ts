/** The list of incidents as its page shows it. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { listTeams, type Team } from '#app/identity/teams.server.ts'
import { addDays, startOfDay } from '#app/measure/period.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import { isDay } from '#app/platform/parse-time.ts'
import { slotContent } from '#app/platform/slots.ts'
import type { Db } from '#db/index.server.ts'
import { countsByDay, INCIDENT_STATES, type IncidentFilter, type IncidentState } from './incident-queries.server.ts'
import './incident-slots.ts'
import { listIncidents } from './incidents.server.ts'
import { isOpen } from './moments.ts'
import { INCIDENTS_PAGE } from './page-sizes.ts'
import { pictureOf } from './picture.ts'
import { listServices } from './services.server.ts'
import { SEVERITIES, type Severity } from './vocabulary.ts'

/** What the address asks for. Empty where it does not say, or says what cannot be. */
export interface IncidentQuery {
  /** The first and the last day. */
  from: string
  to: string
  severity: Severity | ''
  /** Slugs. */
  service: string
  team: string
  theme: string
  state: IncidentState | ''
}

export function incidentQuery(url: URL): IncidentQuery {
  const given = (name: string) => {
    const text = (url.searchParams.get(name) ?? '').trim()
    return isStorable(text) ? text.slice(0, 200) : ''
  }
  const one = <T extends string>(name: string, known: readonly T[]) => known.find(word => word === given(name)) ?? ''
  const day = (name: string) => (isDay(given(name)) ? given(name) : '')
  return {
    from: day('from'),
    to: day('to'),
    severity: one('severity', SEVERITIES),
    state: one('state', INCIDENT_STATES),
    service: given('service'),
    team: given('team'),
    theme: given('theme'),
  }
}

/** One page of incidents with the picture of their period, in a fixed number of queries. */
export async function findIncidents(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  query: IncidentQuery,
  page: number,
) {
  demand(actor, 'read')
  const [services, teams] = await Promise.all([listServices(db), listTeams(db)])
  const filter: IncidentFilter = {
    severity: query.severity || undefined,
    state: query.state || undefined,
    service: query.service || undefined,
    teamIds: query.team ? branch(teams, query.team) : undefined,
    ids: query.theme ? ((await slotContent('incidents.carrying-theme')?.(db, query.theme)) ?? []) : undefined,
    from: query.from ? startOfDay(query.from, actor.timeZone) : undefined,
    to: query.to ? startOfDay(addDays(query.to, 1), actor.timeZone) : undefined,
  }
  const [{ items, total }, counts] = await Promise.all([
    listIncidents(db, filter, { offset: (page - 1) * INCIDENTS_PAGE, limit: INCIDENTS_PAGE }),
    countsByDay(db, filter),
  ])
  const postmortems = await slotContent('incidents.postmortems')?.(
    { db, actor },
    items.map(one => one.id),
  )
  return {
    total,
    items: items.map(facts => ({
      key: facts.key,
      title: facts.title,
      severity: facts.severity,
      startedAt: facts.startedAt ?? facts.detectedAt,
      milliseconds:
        facts.startedAt && facts.resolvedAt ? Date.parse(facts.resolvedAt) - Date.parse(facts.startedAt) : null,
      isOpen: isOpen(facts),
      services: facts.services.map(({ slug, name }) => ({ slug, name })),
      postmortem: postmortems?.get(facts.id)?.[0] ?? null,
    })),
    picture: pictureOf(counts, {
      from: query.from || undefined,
      to: query.to || (query.from ? dayIn(actor.timeZone, clock.now()) : undefined),
    }),
    services: services.map(({ slug, name }) => ({ slug, name })),
    teams: teams.map(({ slug, name }) => ({ slug, name })),
  }
}

/** Ids of the team with this slug and all below it; one that nothing belongs to when there is no such team. */
export async function teamsBelow(db: Db, slug: string): Promise<string[]> {
  return branch(await listTeams(db), slug)
}

function branch(teams: readonly Team[], slug: string): string[] {
  const ids = teams.filter(team => team.slug === slug).map(team => team.id)
  for (let at = 0; at < ids.length; at++)
    for (const team of teams) if (team.parentId === ids[at] && !ids.includes(team.id)) ids.push(team.id)
  return ids.length > 0 ? ids : ['']
}
