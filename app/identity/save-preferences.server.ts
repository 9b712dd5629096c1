import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { Actor } from './actor.ts'
import { check } from './fields.ts'
import { mailsOf, personById, updatePreferences } from './people-queries.server.ts'
import { mailsFrom, type Preferences, preferencesSchema } from './preferences.ts'

/** One's own time zone (null: the organisation's) and the mails one wants. */
export async function getPreferences({ db, actor }: { db: Db; actor: Actor }): Promise<Preferences> {
  const [person, mails] = await Promise.all([personById(db, actor.personId), mailsOf(db, actor.personId)])
  return { timeZone: person?.timeZone ?? null, mails: mailsFrom(mails) }
}

/** @throws AppError invalid naming `timeZone` or `mails`. */
export async function savePreferences(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: { timeZone: string | null; mails: string[] },
): Promise<void> {
  const { timeZone, mails } = check(preferencesSchema, given)
  await updatePreferences(db, actor.personId, { timeZone, mails: JSON.stringify(mails), now: isoNow(clock) })
}
