/** Turns the next days of a series into forums, and keeps those in step with the series. */

import { census } from '#app/identity/people.server.ts'
import { addDays, type Day, dayAt } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { DEFAULT_FRAME } from './agenda.ts'
import { untold } from './appointment.ts'
import { isAwayOn } from './away.ts'
import { ROOM_LOCK, saysSomethingNew } from './change-forum.server.ts'
import { daysLeftOutOf } from './days-left-out.server.ts'
import { type ForumRow, forumBefore, forumsOfSeries, insertForum, updateForum } from './forum-queries.server.ts'
import { type LeftOut, type Occurrence, occurrences, type Rule, type SeriesTimes } from './recurrence.ts'
import { nextInRota } from './rota.ts'
import { runningSeries, type SeriesRow, seriesById } from './series-queries.server.ts'

/** Far enough for a presenter to prepare; further on a calendar only fills with what will change. */
const AHEAD_DAYS = 70
const LEAST = 2
const MOST = 12

export function timesOf(series: SeriesRow): SeriesTimes {
  return {
    rule: JSON.parse(series.rule) as Rule,
    firstOn: series.first_on,
    timeZone: series.time_zone,
    startsAtWall: series.starts_at_wall,
  }
}

/** Plans what is missing of every series. Doing it twice, or on two instances, changes nothing. */
export async function planForums({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  for (const { id } of await runningSeries(db))
    await inTransaction(db, async tx => {
      await lockFor(tx, ROOM_LOCK)
      await fitSeries(tx, { clock }, id)
    })
}

/** Makes the forums to come of one series what the series says. The caller holds the room's lock. */
export async function fitSeries(tx: Tx, { clock }: { clock: Clock }, seriesId: string): Promise<void> {
  const series = await seriesById(tx, seriesId)
  if (!series) return
  const today = dayAt(clock.now(), series.time_zone)
  const leftOut = await daysLeftOutOf(tx, seriesId)
  const all = occurrences(timesOf(series), { from: today, count: MOST, leftOut })
  const known = new Map((await forumsOfSeries(tx, seriesId, today)).map(forum => [forum.occurs_on!, forum]))
  const now = isoNow(clock)
  const wanted = series.ended_at === null ? nearOnes(all, today, now) : []
  for (const forum of known.values()) {
    const occurrence = all.find(({ day }) => day === forum.occurs_on)
    await fitForum(tx, series, forum, { occurrence, leftOut, now })
  }
  const people = await census(tx)
  for (const { day, startsAt } of wanted) {
    if (known.has(day)) continue
    const last = await forumBefore(tx, seriesId, day)
    const facilitator = nextInRota(JSON.parse(series.rota) as string[], last?.facilitator_id ?? null, id =>
      isAwayOn(
        people.find(person => person.id === id),
        day,
      ),
    )
    await insertForum(tx, newForum(series, { day, startsAt, facilitator, now }))
  }
}

function nearOnes(all: readonly Occurrence[], today: Day, now: string): Occurrence[] {
  return all
    .filter(({ skipped, startsAt }) => skipped === null && startsAt > now)
    .filter(({ day }, i) => i < LEAST || day <= addDays(today, AHEAD_DAYS))
}

/** A forum to come follows its series, unless somebody moved it or called it off by itself. */
async function fitForum(
  tx: Tx,
  series: SeriesRow,
  forum: ForumRow,
  { occurrence, leftOut, now }: { occurrence: Occurrence | undefined; leftOut: LeftOut; now: string },
): Promise<void> {
  if (forum.starts_at <= now || !['scheduled', 'ready', 'cancelled'].includes(forum.state)) return
  const isOver = forum.state === 'cancelled'
  const reason = reasonAgainst(series, forum, { occurrence, leftOut })
  if (reason !== null && isOver) return
  if (reason !== null) {
    const change = { state: 'cancelled', cancelled_reason: reason, sequence: forum.sequence + 1, updated_at: now }
    return updateForum(tx, forum.id, change)
  }
  if (forum.stands_apart === 1) return
  const next = {
    title: series.title,
    starts_at: occurrence!.startsAt,
    time_zone: series.time_zone,
    minutes: series.minutes,
    place: series.place,
    call_url: series.call_url,
  }
  if (!isOver && !saysSomethingNew(forum, next)) return
  await updateForum(tx, forum.id, {
    ...next,
    state: isOver ? 'scheduled' : forum.state,
    cancelled_reason: null,
    sequence: forum.sequence + 1,
    updated_at: now,
  })
}

function reasonAgainst(
  series: SeriesRow,
  forum: ForumRow,
  { occurrence, leftOut }: { occurrence: Occurrence | undefined; leftOut: LeftOut },
): string | null {
  if (series.ended_at !== null) return 'The series has come to its end.'
  // One that was moved to another day is not on the day off any more.
  if (occurrence && dayAt(forum.starts_at, forum.time_zone) !== occurrence.day && forum.stands_apart === 1)
    return leftOut.byHand.get(occurrence.day) ?? null
  if (occurrence) return occurrence.skipped
  return forum.stands_apart === 1 ? null : 'The series has another rhythm now.'
}

function newForum(
  series: SeriesRow,
  { day, startsAt, facilitator, now }: { day: Day; startsAt: string; facilitator: string | null; now: string },
): ForumRow {
  return {
    id: newId(),
    series_id: series.id,
    occurs_on: day,
    stands_apart: 0,
    title: series.title,
    state: 'scheduled',
    starts_at: startsAt,
    time_zone: series.time_zone,
    minutes: series.minutes,
    place: series.place,
    call_url: series.call_url,
    facilitator_id: facilitator,
    cofacilitator_id: null,
    note_taker_id: null,
    opening_minutes: DEFAULT_FRAME.opening,
    patterns_minutes: DEFAULT_FRAME.patterns,
    buffer_minutes: DEFAULT_FRAME.buffer,
    ...untold(now),
  }
}
