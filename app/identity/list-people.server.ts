import { type Clock, dayIn } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { type Actor, can, demand } from './actor.ts'
import { folded } from './folded.ts'
import { peopleWithTeams } from './people-queries.server.ts'
import { type PersonView, personView } from './person-view.ts'
import { readSettings } from './settings.server.ts'
import { allTeams, type Team } from './team-queries.server.ts'

export const PEOPLE_STATES = ['current', 'left', 'all'] as const

export interface PeopleFilter {
  /** Words that must all occur in the name; for administrators also in the address. */
  text?: string
  /** A team's slug; people of the teams below it count too. */
  team?: string
  /** Administrators only, like `state`. */
  engineer?: boolean
  state?: (typeof PEOPLE_STATES)[number]
}

/** Where a page begins: after a person (stable while others come and go), or at a number. */
export interface PeoplePage {
  after?: { key: string; id: string } | null
  offset?: number
  limit: number
}

export interface PeopleList {
  items: PersonView[]
  total: number
  /** Where the next page begins; null at the end. */
  next: { key: string; id: string } | null
}

/** People in the order of their names. Members see those who are here, by name, team and role only. */
export async function listPeople(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  filter: PeopleFilter,
  page: PeoplePage,
): Promise<PeopleList> {
  demand(actor, 'see people')
  const isAdministrator = can(actor, 'administer')
  const [{ timeZone }, teams] = await Promise.all([readSettings(db), filter.team ? allTeams(db) : []])
  const today = dayIn(timeZone, clock.now())
  const state = isAdministrator ? (filter.state ?? 'current') : 'current'
  const teamIds = filter.team ? branch(teams, filter.team) : null
  if (teamIds?.length === 0) return { items: [], total: 0, next: null }

  const rows = await peopleWithTeams(db)
    .$if(teamIds !== null, query => query.where('people.team_id', 'in', teamIds as string[]))
    .$if(isAdministrator && filter.engineer !== undefined, query =>
      query.where('people.is_engineer', '=', filter.engineer ? 1 : 0),
    )
    .$if(state === 'left', query => query.where('people.left_on', '<=', today))
    .$if(state === 'current', query =>
      query.where(where => where.or([where('people.left_on', 'is', null), where('people.left_on', '>', today)])),
    )
    .execute()

  // Accents and capitals of all alphabets: neither database folds them, and certainly not both alike.
  const words = folded(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const sorted = rows
    .map(row => ({ row, key: folded(row.name) }))
    .filter(({ row, key }) => {
      const searched = isAdministrator ? `${key} ${folded(row.email)}` : key
      return words.every(word => searched.includes(word))
    })
    .sort((one, other) => compare(one.key, other.key) || compare(one.row.id, other.row.id))
  const from = page.after ? firstAfter(sorted, page.after) : (page.offset ?? 0)
  const slice = sorted.slice(from, from + page.limit)
  const last = slice.at(-1)
  return {
    items: slice.map(({ row }) => personView(row, actor)),
    total: sorted.length,
    next: last && from + page.limit < sorted.length ? { key: last.key, id: last.row.id } : null,
  }
}

/** The team with this slug and all below it. */
function branch(teams: readonly Team[], slug: string): string[] {
  const ids = teams.filter(team => team.slug === slug).map(team => team.id)
  for (let at = 0; at < ids.length; at++)
    for (const team of teams) if (team.parentId === ids[at] && !ids.includes(team.id)) ids.push(team.id)
  return ids
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function firstAfter(sorted: { key: string; row: { id: string } }[], after: { key: string; id: string }): number {
  const at = sorted.findIndex(one => (compare(one.key, after.key) || compare(one.row.id, after.id)) > 0)
  return at < 0 ? sorted.length : at
}
