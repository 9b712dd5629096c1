/** Keeps the figures of months that are over, so that later imports and changes of team do not move history. */
import { census } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { commanderTurns } from '#app/incidents/incident-figures.server.ts'
import { firstRecordedAt } from '#app/incidents/incidents.server.ts'
import { addDays, dayAt, type Period, periodAround, startOfDay } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { leadCredits } from './lead-credits.ts'
import { monthFigures } from './month-figures.ts'
import { freezeMonth, frozenMonths } from './participation-queries.server.ts'

/** Until then a month can still be completed: roles are often written down afterwards. */
const GRACE_DAYS = 5

/**
 * Freezes each month that ended more than five days ago and after Candor held its first incident; what is older came
 * by import, and more of it may. Doing it twice changes nothing.
 * @returns how many months it froze.
 */
export async function freezeMonths({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  const first = await firstRecordedAt(db)
  if (first === null) return 0
  const { timeZone } = await readSettings(db)
  const months = monthsToKeep(first, isoNow(clock), timeZone)
  if (months.length === 0) return 0
  const kept = new Set((await frozenMonths(db, months[0]?.key ?? '')).map(({ month }) => month))
  const missing = months.filter(({ key }) => !kept.has(key))
  if (missing.length === 0) return 0
  const [people, turns] = await Promise.all([census(db), commanderTurns(db, months.at(-1)?.to ?? '')])
  const now = isoNow(clock)
  const credits = leadCredits(turns, now)
  for (const period of missing) {
    const figures = JSON.stringify(monthFigures({ period, people, credits }))
    await freezeMonth(db, { month: period.key, frozenAt: now, figures })
  }
  return missing.length
}

/** The months that ended after `first` and more than the days of grace before `now`, oldest first. */
export function monthsToKeep(first: string, now: string, timeZone: string): Period[] {
  const months: Period[] = []
  for (let month = periodAround('month', dayAt(first, timeZone), timeZone); ; ) {
    if (startOfDay(addDays(month.endDay, GRACE_DAYS), timeZone) > now) return months
    if (month.to > first) months.push(month)
    month = periodAround('month', month.endDay, timeZone)
  }
}
