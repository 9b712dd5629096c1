import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check } from '#app/identity/fields.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { putReview } from './family-queries.server.ts'
import { incidentRowsByKeys } from './incident-queries.server.ts'

const schema = z.object({
  note: z.string().trim().min(1, 'Write what came of the review.').max(2_000, 'This is longer than 2,000 characters.'),
})

/**
 * Writes down that somebody senior looked at a repeat, and what came of it.
 * @throws AppError not-found for those who may not; invalid naming `note`.
 */
export async function reviewRepeat(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  input: { key: string; note: string },
): Promise<void> {
  demand(actor, 'edit the library')
  const { note } = check(schema, { note: cleanText(input.note).text })
  const [row] = await incidentRowsByKeys(db, [input.key])
  if (!row) throw notFound('This incident')
  await inTransaction(db, tx => putReview(tx, { incident_id: row.id, at: isoNow(clock), actor_name: actor.name, note }))
}
