/** What the pages of incidents and postmortems show of forums. The composition root calls it once. */
import '#app/participation/participation-slots.ts'
import '#app/postmortems/postmortem-slots.ts'
import type { Actor } from '#app/identity/actor.ts'
import type { ForumMention } from '#app/incidents/incident-slots.ts'
import type { fillSlot } from '#app/platform/slots.ts'
import type { Db } from '#db/index.server.ts'
import { placesOnAgendas, type Subjects } from './agenda-queries.server.ts'
import { countAttended } from './people-queries.server.ts'
import { followUpsOfItems } from './record-queries.server.ts'

export function fillForumSlots(fill: typeof fillSlot): void {
  fill('incidents.forums', ({ db }, incidentId) => mentionsOf(db, { incidentIds: [incidentId], postmortemIds: [] }))
  fill('incidents.suggest-for-forum', key => `/forums?incident=${encodeURIComponent(key)}#suggest`)
  fill('postmortems.forums', ({ db }, subject) => mentionsOf(db, subjectsOf(subject)))
  fill('participation.forums-attended', (db, personId, { from, to }) => countAttended(db, personId, from, to))
  fill('postmortems.on-own-agenda', ({ db, actor }, subject) => isOnOwnAgenda(db, actor, subjectsOf(subject)))
}

function subjectsOf({ postmortemId, incidentId }: { postmortemId: string; incidentId: string | null }): Subjects {
  return { postmortemIds: [postmortemId], incidentIds: incidentId === null ? [] : [incidentId] }
}

/** Two queries. */
async function mentionsOf(db: Db, subjects: Subjects): Promise<ForumMention[]> {
  const places = (await placesOnAgendas(db, subjects)).filter(place => place.itemState !== 'skipped')
  const proposals = await followUpsOfItems(
    db,
    places.map(place => place.itemId),
  )
  return places.map(place => {
    const isOver = place.forumState === 'closed'
    const own = proposals.filter(one => one.item_id === place.itemId)
    return {
      forumId: place.forumId,
      title: place.forumTitle,
      startsAt: place.startsAt,
      isOver,
      outcome: isOver ? outcomeInWords(own.map(one => one.state)) : null,
    }
  })
}

/** 'two action items, one proposal to be confirmed'. */
export function outcomeInWords(states: readonly string[]): string {
  const count = (state: string) => states.filter(one => one === state).length
  const [confirmed, waiting] = [count('confirmed'), count('proposed')]
  const parts = [
    ...(confirmed > 0 ? [confirmed === 1 ? 'one action item' : `${confirmed} action items`] : []),
    ...(waiting > 0 ? [waiting === 1 ? 'one proposal to be confirmed' : `${waiting} proposals to be confirmed`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : 'no action was proposed'
}

const TO_COME = ['scheduled', 'ready', 'live']

async function isOnOwnAgenda(db: Db, actor: Actor, subjects: Subjects): Promise<boolean> {
  if (actor.personId === '') return false
  return (await placesOnAgendas(db, subjects)).some(
    place =>
      TO_COME.includes(place.forumState) &&
      (place.facilitatorId === actor.personId || place.cofacilitatorId === actor.personId),
  )
}
