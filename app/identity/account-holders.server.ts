/** Who can sign in, for other rooms. */
import type { Db } from '#db/index.server.ts'
import { holdersAmong, holdersOfRoles } from './account-queries.server.ts'
import { type Permission, rolesThatMay } from './actor.ts'

/** Of these people those who have an account that is not closed. */
export function accountHolders(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  return holdersAmong(db, personIds)
}

/** Everybody who may do something today, by name. One query. */
export async function peopleWhoMay(
  db: Db,
  permission: Permission,
  today: string,
): Promise<{ id: string; name: string }[]> {
  const holders = await holdersOfRoles(db, rolesThatMay(permission), today)
  return holders.map(({ personId, name }) => ({ id: personId, name }))
}
