/** What keeps coming up across forums: themes by how many teams met them, and what that led to. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { addMonths, dayAt, startOfDay } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { actionsByIds } from '#app/postmortems/find-action-item.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { confirmedOfItems, themesDiscussedSince } from './record-queries.server.ts'

const MONTHS = 12

export interface Pattern {
  slug: string
  name: string
  teams: string[]
  forums: number
  items: number
  votes: number
  /** What was confirmed of the items that carried it. */
  investments: { id: string; title: string; state: string; owner: string | null }[]
}

export interface PatternsView {
  since: string
  patterns: Pattern[]
}

/** Of the last twelve months; most teams first. Six queries. */
export async function patternsAcrossForums({
  db,
  clock,
  actor,
}: {
  db: Db
  clock: Clock
  actor: Actor
}): Promise<PatternsView> {
  demand(actor, 'take part in forums')
  const { timeZone } = await readSettings(db)
  const sinceDay = addMonths(dayAt(isoNow(clock), timeZone), -MONTHS)
  const [rows, themes, teams] = await Promise.all([
    themesDiscussedSince(db, startOfDay(sinceDay, timeZone)),
    listThemes(db),
    listTeams(db),
  ])
  const confirmed = await confirmedOfItems(db, [...new Set(rows.map(row => row.itemId))])
  const actions = await actionsByIds(
    db,
    confirmed.flatMap(one => one.actionId ?? []),
  )
  const teamNames = new Map(teams.map(team => [team.id, team.name]))
  const patterns = themes.flatMap((theme): Pattern[] => {
    const own = rows.filter(row => row.themeId === theme.id)
    if (own.length === 0) return []
    const items = new Map(own.map(row => [row.itemId, row]))
    const names = new Set(own.flatMap(row => teamNames.get(row.teamId ?? '') ?? []))
    return [
      {
        slug: theme.slug,
        name: theme.name,
        teams: [...names].sort((a, b) => a.localeCompare(b, 'en-GB')),
        forums: new Set(own.map(row => row.forumId)).size,
        items: items.size,
        votes: [...items.values()].reduce((sum, row) => sum + row.votes, 0),
        investments: confirmed
          .filter(one => items.has(one.itemId ?? ''))
          .flatMap(one => {
            const action = actions.get(one.actionId ?? '')
            return action
              ? [{ id: action.id, title: action.facts.title, state: action.facts.state, owner: action.ownerName }]
              : []
          }),
      },
    ]
  })
  const order = (a: Pattern, b: Pattern) =>
    b.teams.length - a.teams.length || b.items - a.items || b.votes - a.votes || (a.name < b.name ? -1 : 1)
  return { since: sinceDay, patterns: patterns.sort(order) }
}
