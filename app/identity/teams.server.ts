/** Teams for other rooms: what they are called and which is below which. */
import type { Db } from '#db/index.server.ts'
import { allTeams, type Team } from './team-queries.server.ts'

export type { Team }

/** Every team, in the order of their names. */
export function listTeams(db: Db): Promise<Team[]> {
  return allTeams(db)
}
