/** What recurs: themes of a period's postmortems, with what would make them rarer. */
import { listTeams } from '#app/identity/teams.server.ts'
import { servicesByIds } from '#app/incidents/services.server.ts'
import { dayAt, type Period } from '#app/measure/period.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { openPostmortemsBetween, openPreventionOf } from './figure-queries.server.ts'
import { themesCarried } from './theme-analysis-queries.server.ts'
import { servicesNamedBy } from './theme-counts-queries.server.ts'

export interface RecurringTheme {
  slug: string
  name: string
  /** Postmortems of the period that carry it, and of the time before. */
  now: number
  before: number
  /** Teams whose services they name, in both times. */
  teams: number
  /** Open action items of kind prevent that came out of them. */
  prevention: number
}

export interface RecurringThemes {
  /** Postmortems that the counts are of. */
  n: { now: number; before: number }
  /** The most frequent first. */
  themes: RecurringTheme[]
}

/**
 * Of postmortems that everybody may read: what is restricted, archived or a draft is in no number here. By the day of
 * publication. A number of queries that grows with postmortems by their five hundreds only.
 */
export async function readRecurringThemes(
  db: Db,
  { period, before, asOf }: { period: Period; before: Period; asOf: string },
): Promise<RecurringThemes> {
  const until = asOf < period.to ? asOf : period.to
  const postmortems = await openPostmortemsBetween(db, { from: before.from, to: until })
  const ids = postmortems.map(one => one.id)
  const [carried, named, prevention, themes, teams] = await Promise.all([
    themesCarried(db, ids),
    servicesNamedBy(db, ids),
    openPreventionOf(db, ids, dayAt(asOf, period.timeZone)),
    listThemes(db),
    listTeams(db),
  ])
  const services = await servicesByIds(db, [...new Set(named.map(one => one.serviceId))])
  const isTeam = new Set(teams.map(team => team.id))
  const teamsOf = new Map<string, Set<string>>()
  for (const { postmortemId, serviceId } of named) {
    const teamId = services.get(serviceId)?.teamId
    if (!teamId || !isTeam.has(teamId)) continue
    const own = teamsOf.get(postmortemId) ?? new Set()
    teamsOf.set(postmortemId, own.add(teamId))
  }
  const isNow = new Set(postmortems.filter(one => one.publishedAt! >= period.from).map(one => one.id))
  const carriers = new Map<string, Set<string>>()
  for (const { themeId, postmortemId } of carried)
    carriers.set(themeId, (carriers.get(themeId) ?? new Set()).add(postmortemId))
  const found = themes.flatMap((theme): RecurringTheme[] => {
    const own = [...(carriers.get(theme.id) ?? [])]
    if (own.length === 0) return []
    const now = own.filter(id => isNow.has(id)).length
    return [
      {
        slug: theme.slug,
        name: theme.name,
        now,
        before: own.length - now,
        teams: new Set(own.flatMap(id => [...(teamsOf.get(id) ?? [])])).size,
        prevention: own.reduce((sum, id) => sum + (prevention.get(id) ?? 0), 0),
      },
    ]
  })
  found.sort((a, b) => b.now - a.now || b.before - a.before || (a.name < b.name ? -1 : 1))
  return { n: { now: isNow.size, before: ids.length - isNow.size }, themes: found }
}
