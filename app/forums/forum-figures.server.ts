/** Reads what the figures on forums are made of. What comes out are numbers, never people. */
import { census } from '#app/identity/people.server.ts'
import type { Figures } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import { eligibleOn } from '#app/participation/eligible.ts'
import type { Db } from '#db/index.server.ts'
import { itemsOf } from './agenda-queries.server.ts'
import { plannedMinutes } from './close-forum.server.ts'
import { forumFigures } from './forum-figures.ts'
import { forumsClosedBetween, lastClosed } from './forum-queries.server.ts'
import { attendersOf } from './people-queries.server.ts'

const REACH_OVER = 3

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
