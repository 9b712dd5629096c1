/** One theme as a reader sees it: what carries it, when, where, and what is still open. */

import { peopleByIds } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { incidentsByIds } from '#app/incidents/incidents.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { listThemes, mergeNotes, type Theme } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { POSTMORTEMS_PER_PAGE } from './page-sizes.ts'
import {
  type Carrier,
  countsByTheme,
  type OpenAction,
  openActionsFrom,
  openCarriersOf,
  servicesNamedBy,
  type ThemeCount,
  titlesOf,
} from './theme-counts-queries.server.ts'
import { type Quarter, quartersUntil } from './theme-quarters.ts'

const QUARTERS = 12
const MOST_ACTIONS = 10

interface Site {
  db: Db
  clock: Clock
}

/** All that the page shows, in a number of queries that does not grow. @param page counted from 1. */
export async function themePage({ db, clock }: Site, theme: Theme, page: number) {
  const { timeZone } = await readSettings(db)
  const carriers = await openCarriersOf(db, theme.id)
  const shown = carriers.slice((page - 1) * POSTMORTEMS_PER_PAGE, page * POSTMORTEMS_PER_PAGE)
  const [postmortems, concerned, actions, related, merges] = await Promise.all([
    listed(db, shown),
    concernedBy(db, carriers),
    openActions(db, carriers),
    relatives(db, theme),
    mergeNotes(db, theme.id),
  ])
  return {
    theme: { slug: theme.slug, name: theme.name, definition: theme.definition, synonyms: theme.synonyms },
    ...course(carriers, quartersUntil(clock.now(), timeZone, QUARTERS)),
    postmortems,
    ...concerned,
    actions,
    ...related,
    merges,
  }
}

/** The figures of the picture, and how many lie outside it. */
function course(carriers: Carrier[], quarters: Quarter[]) {
  const dates = carriers.flatMap(carrier => carrier.datedAt ?? [])
  const figures = quarters.map(({ label, from, to }) => ({
    label,
    value: dates.filter(at => at >= from && at < to).length,
  }))
  const inside = figures.reduce((sum, figure) => sum + figure.value, 0)
  return {
    total: carriers.length,
    undated: carriers.length - dates.length,
    outside: dates.length - inside,
    since: quarters[0]?.label ?? '',
    figures,
  }
}

async function listed(db: Db, carriers: Carrier[]) {
  const rows = new Map(
    (
      await titlesOf(
        db,
        carriers.map(carrier => carrier.id),
      )
    ).map(row => [row.id, row]),
  )
  const incidents = await incidentsByIds(
    db,
    carriers.flatMap(carrier => carrier.incidentId ?? []),
  )
  return carriers.flatMap(({ id, incidentId, datedAt }) => {
    const row = rows.get(id)
    const incident = incidentId ? incidents.get(incidentId) : undefined
    if (!row) return []
    return {
      slug: row.slug,
      title: row.title,
      key: incident?.key ?? null,
      severity: incident?.severity ?? row.severity,
      at: datedAt,
    }
  })
}

/**
 * The organisation's services concerned and the teams that own them, each with how many postmortems. Where a
 * postmortem belongs to an incident, the incident's services count, as on its own page.
 */
async function concernedBy(db: Db, carriers: Carrier[]) {
  const links = carriers.flatMap(({ id, incidentId }) => (incidentId ? { postmortemId: id, incidentId } : []))
  const [named, incidents, ours, teams] = await Promise.all([
    servicesNamedBy(
      db,
      carriers.map(carrier => carrier.id),
    ),
    incidentsByIds(
      db,
      links.map(link => link.incidentId),
    ),
    listServices(db),
    listTeams(db),
  ])
  const fromIncidents = links.flatMap(({ postmortemId, incidentId }) =>
    (incidents.get(incidentId)?.services ?? []).map(service => ({ postmortemId, serviceId: service.id })),
  )
  const settled = new Set(fromIncidents.map(pair => pair.postmortemId))
  const pairs = [...fromIncidents, ...named.filter(pair => !settled.has(pair.postmortemId))]
  const services = new Map(ours.map(service => [service.id, service]))
  const byService = new Map<string, Set<string>>()
  const byTeam = new Map<string, Set<string>>()
  for (const { postmortemId, serviceId } of pairs) {
    addTo(byService, serviceId, postmortemId)
    const teamId = services.get(serviceId)?.teamId
    if (teamId) addTo(byTeam, teamId, postmortemId)
  }
  return {
    services: mostFirst(byService, services),
    teams: mostFirst(byTeam, new Map(teams.map(team => [team.id, team]))),
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

function mostFirst(counted: Map<string, Set<string>>, named: ReadonlyMap<string, { slug: string; name: string }>) {
  return [...counted]
    .flatMap(([id, postmortems]) => {
      const found = named.get(id)
      return found ? [{ slug: found.slug, name: found.name, count: postmortems.size }] : []
    })
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
}

/** The open action items that are due soonest, without a date last; and how many there are. */
async function openActions(db: Db, carriers: Carrier[]) {
  const all = await openActionsFrom(
    db,
    carriers.map(carrier => carrier.id),
  )
  const dueOf = (action: OpenAction) => `${action.dueOn ?? '9999-12-31'} ${action.id}`
  const first = all.sort((one, other) => (dueOf(one) < dueOf(other) ? -1 : 1)).slice(0, MOST_ACTIONS)
  const [people, rows] = await Promise.all([
    peopleByIds(
      db,
      first.flatMap(action => action.ownerId ?? []),
    ),
    titlesOf(
      db,
      first.flatMap(action => action.postmortemId ?? []),
    ),
  ])
  const postmortems = new Map(rows.map(row => [row.id, row]))
  return {
    total: all.length,
    items: first.map(({ id, title, state, dueOn, ownerId, ownerText, postmortemId }) => ({
      id,
      title,
      state,
      dueOn,
      owner: people.get(ownerId ?? '')?.name ?? ownerText,
      postmortemSlug: postmortems.get(postmortemId ?? '')?.slug ?? '',
      postmortemTitle: postmortems.get(postmortemId ?? '')?.title ?? '',
    })),
  }
}

/** The theme above, and those below with how many carry them. */
async function relatives(db: Db, theme: Theme) {
  const themes = await listThemes(db)
  const parent = themes.find(one => one.id === theme.parentId)
  const below = themes.filter(one => one.parentId === theme.id)
  const counts = below.length
    ? await countsByTheme(
        db,
        [],
        below.map(one => one.id),
      )
    : new Map<string, ThemeCount>()
  return {
    parent: parent ? { slug: parent.slug, name: parent.name } : null,
    subThemes: below.map(one => ({
      slug: one.slug,
      name: one.name,
      definition: one.definition,
      count: counts.get(one.id)?.total ?? 0,
    })),
  }
}
