/** How forums went in a period: pure functions by the definitions of the metrics page. */
import type { Figures } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import { shareOfEvents, shareOfPeople } from '#app/measure/share.ts'
import { isOnTime } from './record.ts'

/** Forums over which people are counted as reached. */
export const REACH_OVER = 3

export interface ForumFacts {
  /** Forums closed in the period. */
  held: number
  /** Items of those forums that were discussed. */
  items: readonly { plannedSeconds: number; spentSeconds: number }[]
  /** Who attended any of the last three forums. */
  attenders: ReadonlySet<string>
  /** Who is eligible at the period's end. */
  eligible: ReadonlySet<string>
}

/** Attenders count for the reach only where they are eligible, so that both sides are of the same people. */
export function forumFigures({ held, items, attenders, eligible }: ForumFacts): Figures {
  const reached = [...attenders].filter(id => eligible.has(id)).length
  return {
    'forums.held': { value: held },
    'forums.itemsReviewed': { value: items.length },
    'forums.reach': { ...shareOfPeople(reached, eligible.size) },
    'forums.onTime': { ...shareOfEvents(items.filter(isOnTime).length, items.length) },
  }
}

/** One closed forum, as numbers are made of it. */
export interface ForumFact {
  closedAt: string
  items: { plannedSeconds: number; spentSeconds: number }[]
  /** Only to be counted: reports never name them. */
  attenders: string[]
}

/** The figures of one period out of a longer time; the same as those read for it alone. */
export function forumFiguresIn(
  history: readonly ForumFact[],
  { period, asOf }: { period: Period; asOf: string },
  eligible: ReadonlySet<string>,
): Figures {
  const until = asOf < period.to ? asOf : period.to
  const past = history.filter(forum => forum.closedAt < until)
  const held = past.filter(forum => forum.closedAt >= period.from)
  return forumFigures({
    held: held.length,
    items: held.flatMap(forum => forum.items),
    attenders: new Set(past.slice(-REACH_OVER).flatMap(forum => forum.attenders)),
    eligible,
  })
}
