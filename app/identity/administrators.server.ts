import { type Clock, dayIn } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { oldestAdministrator } from './administrator-queries.server.ts'

/** The account of the administrator who has been one the longest: whom the terminal acts for. Null while there is none. */
export async function firstAdministrator(db: Db, clock: Clock): Promise<string | null> {
  return (await oldestAdministrator(db, dayIn('UTC', clock.now())))?.id ?? null
}
