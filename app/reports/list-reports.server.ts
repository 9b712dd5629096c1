import { type Actor, can, demand } from '#app/identity/actor.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { dayAt, periodAround, periodBefore } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { periodTitle } from './period-words.ts'
import { pageOfReports } from './report-queries.server.ts'

export interface ListedReport {
  /** 2026-Q3 */
  period: string
  title: string
  /** The first day, and the day after the last. */
  from: string
  to: string
  /** draft where nothing is published yet, or where a correction waits and this person may see it. */
  state: 'draft' | 'published'
  editions: number
  publishedAt: string | null
}

/** One page of reports, the latest period first: published ones for members, drafts too for editors. Two queries. */
export async function listReports(
  { db, actor }: { db: Db; actor: Actor },
  page: { offset: number; limit: number },
): Promise<{ items: ListedReport[]; total: number }> {
  demand(actor, 'read')
  const drafts = can(actor, 'write reports')
  const { rows, total } = await pageOfReports(db, { drafts }, page)
  const items = rows.map(row => ({
    period: row.period,
    title: periodTitle({ key: row.period, firstDay: row.firstDay, endDay: row.endDay }),
    from: row.firstDay,
    to: row.endDay,
    state: drafts && row.state === 'draft' ? ('draft' as const) : ('published' as const),
    editions: row.editions,
    publishedAt: row.publishedAt,
  }))
  return { items, total }
}

/** Quarters that are over, the last first, on which a report may be begun. */
export async function recentQuarters({ db, clock }: { db: Db; clock: Clock }, count = 4) {
  const { timeZone } = await readSettings(db)
  let quarter = periodAround('quarter', dayAt(isoNow(clock), timeZone), timeZone)
  return Array.from({ length: count }, () => {
    quarter = periodBefore(quarter)
    return { key: quarter.key, title: periodTitle(quarter) }
  })
}
