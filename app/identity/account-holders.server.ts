/** Who can sign in, for other rooms. */
import type { Db } from '#db/index.server.ts'
import { holdersAmong } from './account-queries.server.ts'

/** Of these people those who have an account that is not closed. */
export function accountHolders(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  return holdersAmong(db, personIds)
}
