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
  countsByTheme,
  countsOfTheme,
  incidentsOfTheme,
  openActionsOfTheme,
  pageOfTheme,
  servicesOfTheme,
  type ThemeCount,
} from './theme-counts-queries.server.ts'
import { type Quarter, quartersUntil } from './theme-quarters.ts'

const QUARTERS = 12
const MOST_ACTIONS = 10

interface Site {
  db: Db
  clock: Clock
}

/** All that the page shows, in a fixed number of queries. @param page counted from 1. */
export async function themePage({ db, clock }: Site, theme: Theme, page: number) {
  const { timeZone } = await readSettings(db)
  const quarters = quartersUntil(clock.now(), timeZone, QUARTERS)
  const offset = (page - 1) * POSTMORTEMS_PER_PAGE
  const [count, postmortems, concerned, actions, related, merges] = await Promise.all([
    countsOfTheme(db, theme.id, quarters),
    postmortemsOf(db, theme.id, offset),
    concernedBy(db, theme.id),
    openActions(db, theme.id),
    relatives(db, theme),
    mergeNotes(db, theme.id),
  ])
  return {
    theme: { slug: theme.slug, name: theme.name, definition: theme.definition, synonyms: theme.synonyms },
    ...course(count, quarters),
    postmortems,
    ...concerned,
    actions,
    ...related,
    merges,
  }
}

/** The figures of the picture, and how many lie outside it. */
function course(count: ThemeCount, quarters: Quarter[]) {
  const inside = count.byQuarter.reduce((sum, figure) => sum + figure, 0)
  return {
    total: count.total,
    undated: count.undated,
    outside: count.total - count.undated - inside,
    since: quarters[0]?.label ?? '',
    figures: quarters.map((quarter, index) => ({ label: quarter.label, value: count.byQuarter[index] ?? 0 })),
  }
}

async function postmortemsOf(db: Db, themeId: string, offset: number) {
  const rows = await pageOfTheme(db, themeId, { limit: POSTMORTEMS_PER_PAGE, offset })
  const incidents = await incidentsByIds(
    db,
    rows.flatMap(row => row.incidentId ?? []),
  )
  return rows.map(row => {
    const incident = row.incidentId ? incidents.get(row.incidentId) : undefined
    return {
      slug: row.slug,
      title: row.title,
      key: incident?.key ?? null,
      severity: incident?.severity ?? row.severity,
      at: row.datedAt,
    }
  })
}

/**
 * The organisation's services concerned and the teams that own them, each with how many postmortems. Where a
 * postmortem belongs to an incident, the incident's services count, as on its own page.
 */
async function concernedBy(db: Db, themeId: string) {
  const [named, links, ours, teams] = await Promise.all([
    servicesOfTheme(db, themeId),
    incidentsOfTheme(db, themeId),
    listServices(db),
    listTeams(db),
  ])
  const incidents = await incidentsByIds(
    db,
    links.map(link => link.incidentId),
  )
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

async function openActions(db: Db, themeId: string) {
  const { items, total } = await openActionsOfTheme(db, themeId, MOST_ACTIONS)
  const people = await peopleByIds(
    db,
    items.flatMap(item => item.ownerId ?? []),
  )
  return {
    total,
    items: items.map(({ ownerId, ownerText, ...item }) => ({
      ...item,
      owner: people.get(ownerId ?? '')?.name ?? ownerText,
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
