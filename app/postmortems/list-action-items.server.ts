/** Action items by owner, team, state, due day and age. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import { census, peopleByIds } from '#app/identity/people.server.ts'
import { listTeams, type Team } from '#app/identity/teams.server.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { addDays } from '#app/measure/period.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { ActionFilter, STATE_CHOICES } from './action-filter.ts'
import { type ActionQuery, ownersOfUnfinished, pageOfActions } from './action-list-queries.server.ts'
import { type ActionItem, describeActions } from './find-action-item.server.ts'

const STATES: Record<(typeof STATE_CHOICES)[number], string[]> = {
  unfinished: ['open', 'in progress'],
  open: ['open'],
  'in progress': ['in progress'],
  done: ['done'],
  dropped: ['dropped'],
  all: ['open', 'in progress', 'done', 'dropped'],
}

const DUE_WITHIN = { week: 7, month: 30 }

export interface ActionList {
  items: Omit<ActionItem, 'mayChange'>[]
  total: number
  overdue: number
  today: string
}

const NOTHING = { items: [], total: 0, overdue: 0 }

/** One page, overdue first, one's own first among them. A fixed number of queries, however many there are. */
export async function listActionItems(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  filter: ActionFilter,
  page: { offset: number; limit: number },
): Promise<ActionList> {
  demand(actor, 'read')
  const today = dayIn(actor.timeZone, clock.now())
  const [members, incident] = await Promise.all([
    filter.team ? membersOf(db, filter.team) : null,
    filter.incident ? incidentsByKeys(db, [filter.incident]) : null,
  ])
  const incidentId = incident ? (incident.get(filter.incident!)?.id ?? null) : null
  const wanted = queryOf(filter, { today, personId: actor.personId, members, incidentId })
  if (wanted.ownerIds?.length === 0 || wanted.states.length === 0 || (incident && !incidentId))
    return { ...NOTHING, today }
  const viewer = {
    personId: actor.personId,
    seesDrafts: can(actor, 'see every draft'),
    seesEverything: can(actor, 'administer'),
  }
  const { rows, total, overdue } = await pageOfActions(db, viewer, wanted, { today, ...page })
  return { items: await describeActions(db, rows), total, overdue, today }
}

function queryOf(
  filter: ActionFilter,
  found: { today: string; personId: string; members: string[] | null; incidentId: string | null },
): ActionQuery {
  const { today } = found
  const owner = filter.owner === 'me' ? found.personId : filter.owner
  const named = owner && owner !== 'nobody' ? [owner] : null
  const unfinished = filter.due === 'overdue' || filter.due === 'week' || filter.due === 'month'
  return {
    states: STATES[filter.state ?? 'unfinished'].filter(state => !unfinished || STATES.unfinished.includes(state)),
    ownerIds: named && found.members ? named.filter(id => found.members!.includes(id)) : (named ?? found.members),
    unowned: filter.owner === 'nobody',
    kind: filter.kind ?? null,
    dueFrom: filter.due === 'week' || filter.due === 'month' ? today : null,
    dueBefore:
      filter.due === 'overdue'
        ? today
        : filter.due === 'week' || filter.due === 'month'
          ? addDays(today, DUE_WITHIN[filter.due] + 1)
          : null,
    undated: filter.due === 'none',
    createdBefore: filter.age ? addDays(today, 1 - Number(filter.age)) : null,
    incidentId: found.incidentId,
  }
}

/** Everybody of a team and of those below it who is or was here. */
async function membersOf(db: Db, slug: string): Promise<string[]> {
  const [teams, people] = await Promise.all([listTeams(db), census(db)])
  const branch = teamsBelow(teams, slug)
  return people.filter(person => person.teamId !== null && branch.has(person.teamId)).map(person => person.id)
}

/** The ids of a team and of all below it. */
export function teamsBelow(teams: Team[], slug: string): Set<string> {
  const branch = new Set(teams.filter(team => team.slug === slug).map(team => team.id))
  for (let size = -1; size !== branch.size; ) {
    size = branch.size
    for (const team of teams) if (team.parentId !== null && branch.has(team.parentId)) branch.add(team.id)
  }
  return branch
}

/** What the filters offer: teams, and people who have something to do. */
export async function actionChoices(db: Db) {
  const [teams, ownerIds] = await Promise.all([listTeams(db), ownersOfUnfinished(db)])
  const people = [...(await peopleByIds(db, ownerIds)).values()]
  return {
    teams: teams.map(({ slug, name }) => ({ slug, name })),
    owners: people.map(({ id, name }) => ({ id, name })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}
