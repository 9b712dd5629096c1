import { type Actor, demand } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { periodOfReport } from './build-report.server.ts'
import { insertReport } from './report-queries.server.ts'

/**
 * Begins a report on a period; its figures move with what is recorded until it is published.
 * @throws AppError not-found for who may not write reports, what is no period, and one that has not begun; conflict
 * where there is a report already.
 */
export async function startDraft({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }, key: string) {
  demand(actor, 'write reports')
  const period = await periodOfReport(db, key)
  const now = isoNow(clock)
  if (period.from > now) throw notFound('This report')
  const isNew = await inTransaction(db, tx =>
    insertReport(tx, {
      id: newId(),
      period: period.key,
      first_day: period.firstDay,
      end_day: period.endDay,
      state: 'draft',
      story: null,
      story_version: 0,
      as_of: null,
      reason: null,
      created_at: now,
      updated_at: now,
    }),
  )
  if (!isNew) throw new AppError('conflict', 'There is a report on this period already. Open it and go on from there.')
}
