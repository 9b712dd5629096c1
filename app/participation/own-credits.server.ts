/** What one person has led; nobody else is told. */
import type { Actor } from '#app/identity/actor.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { commanderTurns } from '#app/incidents/incident-figures.server.ts'
import { addDays, addMonths, dayAt, startOfDay } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { slotContent } from '#app/platform/slots.ts'
import type { Db } from '#db/index.server.ts'
import { leadCredits } from './lead-credits.ts'
import './participation-slots.ts'

export interface OwnCredits {
  ledEver: number
  ledLast12Months: number
  /** In the last 12 months; null while there are no forums. */
  forumsAttended: number | null
}

/** Counts of incidents that the actor has led, and of forums attended; three queries. */
export async function ownCredits({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<OwnCredits> {
  const now = isoNow(clock)
  const [{ timeZone }, turns] = await Promise.all([readSettings(db), commanderTurns(db, now, actor.personId)])
  const credits = leadCredits(turns, now)
  const yearBefore = startOfDay(addMonths(addDays(dayAt(now, timeZone), 1), -12), timeZone)
  const attended = await slotContent('participation.forums-attended')?.(db, actor.personId, {
    from: yearBefore,
    to: now,
  })
  return {
    ledEver: credits.length,
    ledLast12Months: credits.filter(credit => credit.began >= yearBefore).length,
    forumsAttended: attended ?? null,
  }
}

/** The same in a sentence or two. */
export function creditsInWords({ forumsAttended, ...led }: OwnCredits): string {
  if (!forumsAttended) return ledInWords(led)
  const forums = forumsAttended === 1 ? 'one forum' : `${forumsAttended} forums`
  return `${ledInWords(led)} You attended ${forums} in the last 12 months.`
}

function ledInWords({ ledEver, ledLast12Months }: Omit<OwnCredits, 'forumsAttended'>): string {
  if (ledEver === 0) return 'You have not led an incident yet.'
  const ever = `You have led ${ledEver} ${ledEver === 1 ? 'incident' : 'incidents'}`
  if (ledLast12Months === 0) return `${ever}, none in the last 12 months.`
  return `${ever}${ledLast12Months === ledEver ? '' : `, ${ledLast12Months} of them`} in the last 12 months.`
}
