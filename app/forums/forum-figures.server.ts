/** Reads what the figures on forums are made of. What comes out are numbers, never people. */
import { census } from '#app/identity/people.server.ts'
import type { Figures } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import { eligibleOn } from '#app/participation/eligible.ts'
import type { Db } from '#db/index.server.ts'
import { itemsOf } from './agenda-queries.server.ts'
import { plannedMinutes } from './close-forum.server.ts'
import { type ForumFact, forumFigures, REACH_OVER } from './forum-figures.ts'
import { closingsOf, forumsClosedBetween, lastClosed } from './forum-queries.server.ts'
import { attendanceOf, attendersOf } from './people-queries.server.ts'

/** Six queries, however many forums there are. @param asOf what closed later is not known yet. */
export async function readForumFigures(db: Db, { period, asOf }: { period: Period; asOf: string }): Promise<Figures> {
  const until = asOf < period.to ? asOf : period.to
  const [closed, last, people] = await Promise.all([
    forumsClosedBetween(db, period.from, until),
    lastClosed(db, until, REACH_OVER),
    census(db),
  ])
  const [items, attenders] = await Promise.all([
    itemsOf(
      db,
      closed.map(forum => forum.id),
    ),
    attendersOf(db, last),
  ])
  return forumFigures({
    held: closed.length,
    items: items
      .filter(item => item.state === 'discussed')
      .map(item => ({ plannedSeconds: 60 * plannedMinutes(item), spentSeconds: item.spent_seconds ?? 0 })),
    attenders: new Set(attenders),
    eligible: eligibleOn(people, period.endDay),
  })
}

/**
 * Forums that closed in a longer time, oldest first, with the three before: what a figure of each of its months needs.
 * Four queries.
 */
export async function readForumHistory(db: Db, { from, to }: { from: string; to: string }): Promise<ForumFact[]> {
  const [closed, last] = await Promise.all([forumsClosedBetween(db, from, to), lastClosed(db, from, REACH_OVER)])
  const ids = [...last, ...closed.map(forum => forum.id)]
  const [closings, items, attendance] = await Promise.all([
    closingsOf(db, ids),
    itemsOf(db, ids),
    attendanceOf(db, ids),
  ])
  return closings.map(({ id, closedAt }) => ({
    closedAt,
    items: items
      .filter(item => item.forum_id === id && item.state === 'discussed')
      .map(item => ({ plannedSeconds: 60 * plannedMinutes(item), spentSeconds: item.spent_seconds ?? 0 })),
    attenders: attendance.filter(one => one.forumId === id).map(one => one.personId),
  }))
}
