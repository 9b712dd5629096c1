import { type Clock, dayIn } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { administratorsAfter } from './account-queries.server.ts'
import { readSettings } from './settings.server.ts'

/** The account of the administrator who has been here longest; null while nobody can administer. */
export async function firstAdministrator(db: Db, clock: Clock): Promise<string | null> {
  const today = dayIn((await readSettings(db)).timeZone, clock.now())
  return (await administratorsAfter(db, today))[0]?.accountId ?? null
}
