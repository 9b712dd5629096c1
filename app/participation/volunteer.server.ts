/** Puts oneself on, or takes oneself off, the list of those who would like to lead. */
import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, line } from '#app/identity/fields.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { putVolunteer, removeVolunteer } from './participation-queries.server.ts'

/** @throws AppError invalid for a note of more than 200 characters. */
export async function volunteer(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { note }: { note: string },
): Promise<void> {
  demand(actor, 'read')
  const fields = check(z.object({ note: line('when it suits you', 200).or(z.string().trim().length(0)) }), { note })
  await putVolunteer(db, { personId: actor.personId, note: fields.note, since: isoNow(clock) })
}

export async function stepBack({ db, actor }: { db: Db; actor: Actor }): Promise<void> {
  demand(actor, 'read')
  await removeVolunteer(db, actor.personId)
}
