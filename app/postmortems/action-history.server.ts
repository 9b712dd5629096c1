/** What happened to an action item, as sentences, for those who may see it. */
import type { Actor } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { type Changed, changeInWords } from './action-change.ts'
import { actionEvents } from './action-history-queries.server.ts'
import { findActionItem } from './find-action-item.server.ts'

export interface ActionEvent {
  id: string
  at: string
  who: string
  /** Goes on after the name. */
  words: string
  why: string | null
  decidedBy: string | null
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** Oldest first. @throws AppError not-found for those who may not see the item. */
export async function actionHistory({ db, actor }: { db: Db; actor: Actor }, id: string): Promise<ActionEvent[]> {
  await findActionItem({ db, actor }, id)
  return (await actionEvents(db, id)).map(event => ({
    id: event.id,
    at: event.at,
    who: event.actor_name,
    words: changeInWords(JSON.parse(event.change) as Changed, on => DAY.format(new Date(`${on}T00:00:00Z`))),
    why: event.why,
    decidedBy: event.decided_by,
  }))
}
