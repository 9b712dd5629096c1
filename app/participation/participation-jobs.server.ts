/** What this room does by itself: each day it keeps the months that are over. */
import type { Clock } from '#app/platform/clock.ts'
import type { Job } from '#app/platform/jobs.server.ts'
import type { Db } from '#db/index.server.ts'
import { freezeMonths } from './freeze-months.server.ts'

export function participationJobs({ db, clock }: { db: Db; clock: Clock }): Job[] {
  return [
    {
      name: 'freeze-months',
      slotAt: now => new Date(now).toISOString().slice(0, 10),
      run: async () => void (await freezeMonths({ db, clock })),
    },
  ]
}
