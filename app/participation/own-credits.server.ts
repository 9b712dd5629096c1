/** What one person has led; nobody else is told. */
import type { Actor } from '#app/identity/actor.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { commanderTurns } from '#app/incidents/incident-figures.server.ts'
import { addDays, addMonths, dayAt, startOfDay } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { leadCredits } from './lead-credits.ts'

export interface OwnCredits {
  ledEver: number
  ledLast12Months: number
}

/** Counts of incidents that the actor has led; two queries. */
export async function ownCredits({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<OwnCredits> {
  const now = isoNow(clock)
  const [{ timeZone }, turns] = await Promise.all([readSettings(db), commanderTurns(db, now, actor.personId)])
  const credits = leadCredits(turns, now)
  const yearBefore = startOfDay(addMonths(addDays(dayAt(now, timeZone), 1), -12), timeZone)
  return { ledEver: credits.length, ledLast12Months: credits.filter(credit => credit.began >= yearBefore).length }
}

/** The same in a sentence. */
export function creditsInWords({ ledEver, ledLast12Months }: OwnCredits): string {
  if (ledEver === 0) return 'You have not led an incident yet.'
  const ever = `You have led ${ledEver} ${ledEver === 1 ? 'incident' : 'incidents'}`
  if (ledLast12Months === 0) return `${ever}, none in the last 12 months.`
  return `${ever}${ledLast12Months === ledEver ? '' : `, ${ledLast12Months} of them`} in the last 12 months.`
}
