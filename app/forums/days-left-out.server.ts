/** The days on which series have no forum: those left out by hand, and the organisation's days off. */
import { daysOffOf } from '#app/identity/settings.server.ts'
import type { Db } from '#db/index.server.ts'
import type { LeftOut } from './recurrence.ts'
import { exceptionsOfAll } from './series-queries.server.ts'

/** By series; two queries. */
export async function daysLeftOut(db: Db, seriesIds: readonly string[]): Promise<Map<string, LeftOut>> {
  const [daysOff, rows] = await Promise.all([daysOffOf(db), exceptionsOfAll(db, seriesIds)])
  return new Map(
    seriesIds.map(id => {
      const own = rows.filter(row => row.series_id === id)
      return [
        id,
        {
          byHand: new Map(own.filter(row => row.is_held === 0).map(row => [row.occurs_on, row.reason])),
          held: new Set(own.filter(row => row.is_held === 1).map(row => row.occurs_on)),
          daysOff,
        },
      ]
    }),
  )
}

export async function daysLeftOutOf(db: Db, seriesId: string): Promise<LeftOut> {
  return (await daysLeftOut(db, [seriesId])).get(seriesId)!
}
