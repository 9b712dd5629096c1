import { type Clock, dayIn } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { type Actor, demand } from './actor.ts'
import { folded } from './folded.ts'
import { readSettings } from './settings.server.ts'
import { allTeams, type Team, teamSizes } from './team-queries.server.ts'

export interface TeamView extends Team {
  /** How deep in the tree: 0 at the top. */
  depth: number
  /** People here now, without those of teams below. */
  people: number
}

/** Every team, parents before their children, siblings by name. */
export async function listTeamTree({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<TeamView[]> {
  demand(actor, 'see people')
  const today = dayIn((await readSettings(db)).timeZone, clock.now())
  const [teams, sizes] = await Promise.all([allTeams(db), teamSizes(db, today)])
  return inTreeOrder(teams).map(team => ({ ...team, people: sizes.get(team.id) ?? 0 }))
}

/** @throws AppError not-found. */
export async function getTeam(
  context: { db: Db; clock: Clock; actor: Actor },
  { slug }: { slug: string },
): Promise<TeamView> {
  const team = (await listTeamTree(context)).find(one => one.slug === slug)
  if (!team) throw notFound('This team')
  return team
}

function inTreeOrder(teams: readonly Team[]): (Team & { depth: number })[] {
  const known = new Set(teams.map(team => team.id))
  const children = new Map<string | null, Team[]>()
  for (const team of [...teams].sort((one, other) => (folded(one.name) < folded(other.name) ? -1 : 1))) {
    const parent = team.parentId !== null && known.has(team.parentId) ? team.parentId : null
    children.set(parent, [...(children.get(parent) ?? []), team])
  }
  const ordered: (Team & { depth: number })[] = []
  const add = (parent: string | null, depth: number) => {
    for (const team of children.get(parent) ?? []) {
      ordered.push({ ...team, depth })
      add(team.id, depth + 1)
    }
  }
  add(null, 0)
  return ordered
}
