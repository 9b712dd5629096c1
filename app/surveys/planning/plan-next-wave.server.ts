/** Plans the next wave of a survey that is repeated, once one has closed. It opens when an administrator opens it. */
import { terminalActor } from '#app/identity/auth.server.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { dailySlot } from '#app/platform/job-slots.ts'
import type { Job } from '#app/platform/jobs.server.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { datesMonthsLater } from './default-dates.ts'
import { allPlans, insertPlan, type PlannedWave, wavesToRepeat } from './plan-queries.server.ts'

const HOUR = 7

export function recurrenceJobs({ db, clock }: { db: Db; clock: Clock }): Job[] {
  return [
    {
      name: 'plan-next-waves',
      slotAt: async now => dailySlot(now, (await readSettings(db)).timeZone, HOUR),
      run: async () => void (await planNextWaves({ db, clock })),
    },
  ]
}

/** Doing it twice changes nothing. @returns the ids of the waves that it planned. */
export async function planNextWaves({ db, clock }: { db: Db; clock: Clock }): Promise<string[]> {
  return inTransaction(db, async tx => {
    await lockFor(tx, 'waves')
    const waves = await wavesToRepeat(tx)
    if (waves.length === 0) return []
    const { timeZone } = await readSettings(tx)
    const taken = new Set((await allPlans(tx)).map(one => one.id))
    const now = isoNow(clock)
    const planned: string[] = []
    for (const wave of waves) {
      const next = nextOf(wave, now, timeZone, taken)
      taken.add(next.id)
      planned.push(next.id)
      await insertPlan(tx, next, now)
      await recordAudit(
        tx,
        { actor: { ...terminalActor(), name: 'Candor' }, clock },
        { act: 'wave.planned', subject: next.title },
      )
    }
    return planned
  })
}

/** So many months later, or as many times more as it takes to lie ahead. */
function nextOf(wave: PlannedWave, now: string, timeZone: string, taken: ReadonlySet<string>): PlannedWave {
  const months = wave.plan.repeatMonths ?? 3
  let dates = datesMonthsLater(wave, months, timeZone)
  for (let times = 2; dates.collectingFrom <= now; times++) dates = datesMonthsLater(wave, months * times, timeZone)
  const title = titleOf(wave.title, dates.collectingFrom, timeZone)
  return { ...dates, id: firstFree(slugify(title, 60), taken), title, plan: wave.plan, previousId: wave.id }
}

/** The same name with its month: 'Incident culture (March 2027)'. */
function titleOf(title: string, collectingFrom: string, timeZone: string): string {
  const month = new Intl.DateTimeFormat('en-GB', { timeZone, month: 'long', year: 'numeric' })
  const base = title.replace(/ \(\p{L}+ \d{4}\)$/u, '').slice(0, 100)
  return `${base} (${month.format(Date.parse(collectingFrom))})`
}
