/** What waits for a person in this room: forums that they lead, proposals to confirm. */
import type { Actor } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { forumsLedBy } from './forum-queries.server.ts'
import { waitingByForum } from './record-queries.server.ts'

const MOST = 3

/** The next ones. */
export async function forumsToLead(db: Db, actor: Actor) {
  if (actor.personId === '') return []
  return (await forumsLedBy(db, actor.personId, MOST)).map(forum => ({
    id: forum.id,
    title: forum.title,
    state: forum.state,
    startsAt: forum.starts_at,
  }))
}

/** Of forums that this person facilitated. */
export async function proposalsToConfirm(db: Db, actor: Actor) {
  const all = actor.personId === '' ? [] : await waitingByForum(db)
  return all.filter(one => one.facilitatorId === actor.personId).slice(0, MOST)
}
