/** How forums went in a period: pure functions by the definitions of the metrics page. */
import type { Figures } from '#app/measure/figure.ts'
import { shareOfEvents, shareOfPeople } from '#app/measure/share.ts'
import { isOnTime } from './record.ts'

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
