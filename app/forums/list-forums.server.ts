/** Forums in lists: those to come, those that were, and the series that they follow from. */

import { type Actor, demand } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { dayAt } from '#app/measure/period.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { itemsOf } from './agenda-queries.server.ts'
import { type Appointment, appointmentOf } from './appointment.ts'
import { daysLeftOut } from './days-left-out.server.ts'
import { type ForumRow, pageOfForums } from './forum-queries.server.ts'
import { timesOf } from './plan-forums.server.ts'
import { occurrences, ruleInWords } from './recurrence.ts'
import { runningSeries } from './series-queries.server.ts'

export const STATES = ['scheduled', 'ready', 'live', 'closed', 'cancelled'] as const
const TO_COME = ['scheduled', 'ready', 'live']
const PAST = ['closed', 'cancelled']
/** So many days of a series are looked at for one that is not left out. */
const LOOKED_AT = 6

export interface ForumLine extends Appointment {
  seriesId: string | null
  facilitator: { name: string; email: string } | null
  items: number
  cancelledReason: string | null
  closedAt: string | null
}

/** One page; four queries. */
export async function listForums(
  { db, actor }: { db: Db; actor: Actor },
  which: 'to come' | 'past' | (typeof STATES)[number] | null,
  page: { offset: number; limit: number },
): Promise<{ items: ForumLine[]; total: number }> {
  demand(actor, 'take part in forums')
  const states = which === null ? STATES : which === 'to come' ? TO_COME : which === 'past' ? PAST : [which]
  const { rows, total } = await pageOfForums(db, { states, order: which === 'to come' ? 'asc' : 'desc' }, page)
  return { items: await linesOf(db, rows), total }
}

export async function linesOf(db: Db, rows: readonly ForumRow[]): Promise<ForumLine[]> {
  const [items, people] = await Promise.all([
    itemsOf(
      db,
      rows.map(row => row.id),
    ),
    peopleByIds(
      db,
      rows.flatMap(row => row.facilitator_id ?? []),
    ),
  ])
  return rows.map(row => {
    const facilitator = people.get(row.facilitator_id ?? '')
    return {
      ...appointmentOf(row),
      seriesId: row.series_id,
      facilitator: facilitator ? { name: facilitator.name, email: facilitator.email } : null,
      items: items.filter(item => item.forum_id === row.id && (row.state !== 'closed' || item.state === 'discussed'))
        .length,
      cancelledReason: row.cancelled_reason,
      closedAt: row.closed_at,
    }
  })
}

export interface SeriesLine {
  id: string
  title: string
  rule: string
  timeZone: string
  startsAtWall: string
  next: { day: string; startsAt: string } | null
}

/** Every series that goes on; three queries. */
export async function listSeries({ db, clock }: { db: Db; clock: Clock }): Promise<SeriesLine[]> {
  const rows = await runningSeries(db)
  const leftOut = await daysLeftOut(
    db,
    rows.map(row => row.id),
  )
  return rows.map(row => {
    const times = timesOf(row)
    const from = dayAt(clock.now(), row.time_zone)
    const days = occurrences(times, { from, count: LOOKED_AT, leftOut: leftOut.get(row.id)! })
    const next = days.find(one => one.skipped === null && Date.parse(one.startsAt) > clock.now())
    return {
      id: row.id,
      title: row.title,
      rule: ruleInWords(times.rule),
      timeZone: row.time_zone,
      startsAtWall: row.starts_at_wall,
      next: next ? { day: next.day, startsAt: next.startsAt } : null,
    }
  })
}
