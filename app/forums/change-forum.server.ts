/** Moves and edits a forum, makes it ready or not, calls it off. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, invalid } from '#app/identity/fields.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { itemsOf } from './agenda-queries.server.ts'
import { type ForumChange, forumChangeSchema } from './forum-body.ts'
import { type ForumRow, forumById, updateForum } from './forum-queries.server.ts'
import { namePeople } from './name-people.server.ts'

export const ROOM_LOCK = 'forums'

const CHANGEABLE = ['scheduled', 'ready']

/** The forum, if it can still be planned. @throws AppError not-found, or conflict once it runs or is over. */
export async function plannedForum(tx: Db, id: string): Promise<ForumRow> {
  const forum = await forumById(tx, id)
  if (!forum) throw notFound('This forum')
  if (!CHANGEABLE.includes(forum.state))
    throw new AppError('conflict', `This forum is ${forum.state}, so its plan can no longer change.`)
  return forum
}

/** What is left out of a change stays. @throws AppError invalid naming the fields, not-found, conflict once it runs. */
export async function changeForum(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { id, change: given }: { id: string; change: unknown },
): Promise<void> {
  demand(actor, 'run forums')
  const change = check(forumChangeSchema, given)
  await inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const forum = await plannedForum(tx, id)
    const { facilitator, cofacilitator, noteTaker } = change
    const { ids, errors } = await namePeople(tx, clock.now(), { facilitator, cofacilitator, noteTaker })
    if (errors.length > 0) throw invalid(errors)
    const next = {
      title: change.title ?? forum.title,
      starts_at: change.startsAt ?? forum.starts_at,
      time_zone: change.timeZone ?? forum.time_zone,
      minutes: change.minutes ?? forum.minutes,
      place: change.place ?? forum.place,
      call_url: change.callUrl ?? forum.call_url,
      facilitator_id: ids.facilitator === undefined ? forum.facilitator_id : ids.facilitator,
      cofacilitator_id: ids.cofacilitator === undefined ? forum.cofacilitator_id : ids.cofacilitator,
      note_taker_id: ids.noteTaker === undefined ? forum.note_taker_id : ids.noteTaker,
      opening_minutes: change.openingMinutes ?? forum.opening_minutes,
      patterns_minutes: change.patternsMinutes ?? forum.patterns_minutes,
      buffer_minutes: change.bufferMinutes ?? forum.buffer_minutes,
    }
    await updateForum(tx, id, {
      ...next,
      ...(await stateAfter(tx, { ...forum, ...next }, change)),
      stands_apart: forum.stands_apart || isOfItsOwn(forum, next) || change.state === 'cancelled' ? 1 : 0,
      sequence: forum.sequence + (saysSomethingNew(forum, next) || change.state === 'cancelled' ? 1 : 0),
      updated_at: isoNow(clock),
    })
  })
}

const OF_SERIES = ['title', 'starts_at', 'time_zone', 'minutes', 'place', 'call_url'] as const

/** Whether a calendar entry would read differently. */
export function saysSomethingNew(before: ForumRow, after: Partial<ForumRow>): boolean {
  return (
    isOfItsOwn(before, after) || (after.facilitator_id !== undefined && after.facilitator_id !== before.facilitator_id)
  )
}

/** Whether something changes that the series would have said. */
function isOfItsOwn(before: ForumRow, after: Partial<ForumRow>): boolean {
  return OF_SERIES.some(field => after[field] !== undefined && after[field] !== before[field])
}

async function stateAfter(tx: Tx, forum: ForumRow, { state, reason }: ForumChange): Promise<Partial<ForumRow>> {
  if (state === 'cancelled') {
    if (!reason) throw invalidField('reason', 'Write why, for those who had kept the time free.')
    return { state, cancelled_reason: reason }
  }
  if (state === 'ready') {
    const errors = []
    if ((await itemsOf(tx, [forum.id])).length === 0)
      errors.push({ path: 'state', message: 'Put something on the agenda first.' })
    if (forum.facilitator_id === null) errors.push({ path: 'facilitator', message: 'Say who facilitates first.' })
    if (errors.length > 0) throw invalid(errors)
  }
  return state ? { state } : {}
}
