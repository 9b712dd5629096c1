import { type Actor, demand } from '#app/identity/actor.ts'
import { check, invalid } from '#app/identity/fields.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'
import { untold } from './appointment.ts'
import { newForumSchema } from './forum-body.ts'
import { insertForum } from './forum-queries.server.ts'
import { namePeople } from './name-people.server.ts'

/**
 * Plans one forum that belongs to no series.
 * @returns its id.
 * @throws AppError invalid naming the fields; not-found for those who may not.
 */
export async function createForum(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: unknown,
): Promise<string> {
  demand(actor, 'run forums')
  const input = check(newForumSchema, given)
  const { facilitator, cofacilitator, noteTaker } = input
  const { ids, errors } = await namePeople(db, clock.now(), { facilitator, cofacilitator, noteTaker })
  if (errors.length > 0) throw invalid(errors)
  const id = newId()
  const now = isoNow(clock)
  await insertForum(db, {
    id,
    series_id: null,
    occurs_on: null,
    stands_apart: 1,
    title: input.title,
    state: 'scheduled',
    starts_at: input.startsAt,
    time_zone: input.timeZone ?? (await readSettings(db)).timeZone,
    minutes: input.minutes,
    place: input.place,
    call_url: input.callUrl,
    facilitator_id: facilitator === undefined ? actor.personId || null : (ids.facilitator ?? null),
    cofacilitator_id: ids.cofacilitator ?? null,
    note_taker_id: ids.noteTaker ?? null,
    opening_minutes: input.openingMinutes,
    patterns_minutes: input.patternsMinutes,
    buffer_minutes: input.bufferMinutes,
    ...untold(now),
  })
  return id
}
