/** Keeps the figures of months that are over: what later happens to people and teams does not move them. */
import { readSettings } from '#app/identity/settings.server.ts'
import { firstRecordedAt } from '#app/incidents/incidents.server.ts'
import { monthsToKeep } from '#app/participation/freeze-months.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Job } from '#app/platform/jobs.server.ts'
import { pause } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'
import { versionsOf } from './definitions.ts'
import { figuresOfPeriod } from './figures.server.ts'
import { keepMonth, keptMonths } from './report-queries.server.ts'

/**
 * Keeps each month that ended more than five days ago and after Candor held its first incident, with the versions of the
 * definitions by which it was counted. Doing it twice changes nothing.
 * @returns how many months it kept.
 */
export async function keepMonths({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  const first = await firstRecordedAt(db)
  if (first === null) return 0
  const settings = await readSettings(db)
  const now = isoNow(clock)
  const months = monthsToKeep(first, now, settings.timeZone)
  const kept = new Set((await keptMonths(db, months[0]?.key ?? '')).map(({ month }) => month))
  const missing = months.filter(({ key }) => !kept.has(key))
  for (const period of missing) {
    const figures = await figuresOfPeriod(db, settings, period, now)
    await keepMonth(db, {
      month: period.key,
      frozenAt: now,
      figures: JSON.stringify(figures),
      definitions: JSON.stringify(versionsOf(Object.keys(figures))),
    })
    await pause()
  }
  return missing.length
}

/** Each day, for the months that have ended. */
export function monthJobs({ db, clock }: { db: Db; clock: Clock }): Job[] {
  return [
    {
      name: 'keep-report-months',
      slotAt: now => new Date(now).toISOString().slice(0, 10),
      run: async () => void (await keepMonths({ db, clock })),
    },
  ]
}
