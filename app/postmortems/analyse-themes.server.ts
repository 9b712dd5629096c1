/** The themes of a quarter against the year before: what rises, where, and what is done about it. */
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { incidentsByIds } from '#app/incidents/incidents.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { isUnfinished } from './action-change.ts'
import { groupBy } from './record-of.server.ts'
import { type AnalysedPostmortem, analyseThemes, crossThemes } from './theme-analysis.ts'
import { actionStates, publishedBetween, themesCarried } from './theme-analysis-queries.server.ts'
import { servicesNamedBy } from './theme-counts-queries.server.ts'
import { type Quarter, quartersUntil } from './theme-quarters.ts'

/** Quarters that can be chosen, and how many before one it is compared with. */
const CHOICES = 6
const COMPARED = 4
const MOST_SHOWN = 20
const CROSSED = { themes: 8, services: 8 }
const SIDE_BY_SIDE = 5

export interface SideBySide {
  slug: string
  title: string
  key: string | null
  severity: string | null
  at: string
  services: string[]
  teams: string[]
  factors: string[]
  finished: number
  unfinished: number
}

/** In a number of queries that grows only with slices of 500. @param asked a quarter's label and a theme's slug. */
export async function themeAnalysis(
  { db, clock }: { db: Db; clock: Clock },
  asked: { quarter: string | null; theme: string | null },
) {
  const { timeZone } = await readSettings(db)
  const quarters = quartersUntil(clock.now(), timeZone, CHOICES + COMPARED)
  const choices = quarters.slice(COMPARED)
  const at = Math.max(
    COMPARED,
    quarters.findIndex(one => one.label === asked.quarter && choices.includes(one)),
  )
  const index = choices.some(one => one.label === asked.quarter) ? at : quarters.length - 1
  const quarter = quarters[index] as Quarter
  const from = (quarters[index - COMPARED] as Quarter).from
  const published = await publishedBetween(db, from, quarter.to)
  const facts = await factsOf(db, published)
  const analysed = published.map(
    (row): AnalysedPostmortem => ({
      id: row.id,
      when: row.datedAt >= quarter.from ? 'now' : 'before',
      ...facts.of(row.id),
    }),
  )
  const { n, themes, isSmall } = analyseThemes(analysed)
  const crossing = crossThemes(analysed, CROSSED)
  const theme = facts.themes.find(one => one.slug === asked.theme) ?? facts.themeById(mostWidespread(themes))
  return {
    quarter: quarter.label,
    quarters: choices.map(one => one.label).reverse(),
    isRunning: index === quarters.length - 1,
    since: (quarters[index - COMPARED] as Quarter).label,
    n,
    isSmall,
    total: themes.length,
    themes: themes.slice(0, MOST_SHOWN).flatMap(({ themeId, ...figures }) => {
      const found = facts.themeById(themeId)
      return found ? [{ slug: found.slug, name: found.name, ...figures }] : []
    }),
    crossing: {
      services: crossing.serviceIds.map(id => facts.serviceName(id)),
      rows: crossing.themeIds.flatMap((id, row) => {
        const found = facts.themeById(id)
        return found ? [{ slug: found.slug, name: found.name, counts: crossing.counts[row]! }] : []
      }),
    },
    together: theme
      ? {
          slug: theme.slug,
          name: theme.name,
          postmortems: published
            .filter(row => facts.of(row.id).themeIds.includes(theme.id))
            .slice(0, SIDE_BY_SIDE)
            .map((row): SideBySide => facts.beside(row, theme.id)),
        }
      : null,
  }
}

/** The theme that the most teams share, else the most frequent one. */
function mostWidespread(themes: { themeId: string; teams: number; now: number; before: number }[]): string {
  const [first] = [...themes].sort((a, b) => b.teams - a.teams || b.now + b.before - (a.now + a.before))
  return first?.themeId ?? ''
}

type Published = Awaited<ReturnType<typeof publishedBetween>>[number]

/** Themes, services, teams and actions of postmortems. Where there is an incident, its services count. */
async function factsOf(db: Db, published: Published[]) {
  const ids = published.map(row => row.id)
  const [carried, states, named, incidents, services, teams, themes] = await Promise.all([
    themesCarried(db, ids),
    actionStates(db, ids),
    servicesNamedBy(db, ids),
    incidentsByIds(
      db,
      published.flatMap(row => row.incidentId ?? []),
    ),
    listServices(db),
    listTeams(db),
    listThemes(db),
  ])
  const [carriedBy, statesBy, namedBy] = [
    groupBy(carried, one => one.postmortemId),
    groupBy(states, one => one.postmortemId),
    groupBy(named, one => one.postmortemId),
  ]
  const incidentOf = new Map(published.map(row => [row.id, row.incidentId]))
  const service = new Map(services.map(one => [one.id, one]))
  const teamName = new Map(teams.map(team => [team.id, team.name]))
  const byId = new Map(themes.map(theme => [theme.id, theme]))
  const of = (id: string) => {
    const own = incidents.get(incidentOf.get(id) ?? '')?.services.map(one => one.id) ?? []
    const serviceIds = (own.length ? own : (namedBy.get(id) ?? []).map(one => one.serviceId)).filter(one =>
      service.has(one),
    )
    const counts = statesBy.get(id) ?? []
    const count = (isWanted: (state: string) => boolean) =>
      counts.filter(one => isWanted(one.state)).reduce((sum, one) => sum + one.count, 0)
    return {
      themeIds: [...new Set((carriedBy.get(id) ?? []).map(one => one.themeId))],
      serviceIds: [...new Set(serviceIds)],
      teamIds: [...new Set(serviceIds.flatMap(one => service.get(one)?.teamId ?? []))],
      actions: { finished: count(state => state === 'done'), unfinished: count(isUnfinished) },
    }
  }
  return {
    of,
    themes,
    themeById: (id: string) => byId.get(id),
    serviceName: (id: string) => ({ slug: service.get(id)!.slug, name: service.get(id)!.name }),
    beside(row: Published, themeId: string): SideBySide {
      const facts = of(row.id)
      const incident = incidents.get(row.incidentId ?? '')
      return {
        slug: row.slug,
        title: row.title,
        key: incident?.key ?? null,
        severity: incident?.severity ?? row.severity,
        at: row.datedAt,
        services: facts.serviceIds.map(id => service.get(id)!.name),
        teams: facts.teamIds.flatMap(id => teamName.get(id) ?? []),
        factors: (carriedBy.get(row.id) ?? []).flatMap(one => (one.themeId === themeId ? (one.factor ?? []) : [])),
        ...facts.actions,
      }
    },
  }
}
