/** Puts a report together: reads once, then works it out chapter by chapter, giving way to other requests in between. */
import { readSettings } from '#app/identity/settings.server.ts'
import { type Period, periodNamed } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { pause } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'
import { composeReport } from './compose-report.ts'
import { readRows } from './read-rows.server.ts'
import type { ReportContent } from './report.ts'

/**
 * The report on a period as it is seen at `asOf`, or now. What restricted postmortems and hidden survey cells say is in
 * no part of it; see each chapter. A fixed number of queries, whatever there is.
 */
export async function buildReport(
  { db, clock }: { db: Db; clock: Clock },
  period: Period,
  asOf: string = isoNow(clock),
): Promise<ReportContent> {
  return composeReport(await readRows(db, period, asOf), pause)
}

/** The period with this key in the organisation's time zone. @throws AppError not-found when it is none. */
export async function periodOfReport(db: Db, key: string): Promise<Period> {
  const { timeZone } = await readSettings(db)
  const period = periodNamed(key, timeZone)
  if (!period) throw notFound('This report')
  return period
}
