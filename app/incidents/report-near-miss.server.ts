import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, isStorable, line } from '#app/identity/fields.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import { invalidField } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { insertNearMiss } from './near-miss-queries.server.ts'
import { wordsOf } from './near-miss-words.ts'
import { listServices, type Service } from './services.server.ts'

const TEXT_LIMIT = 10_000

function text(complaint: string | null) {
  const any = z
    .string()
    .trim()
    .max(TEXT_LIMIT, `This is longer than ${TEXT_LIMIT.toLocaleString('en-GB')} characters.`)
    .refine(isStorable, 'This has a character that cannot be stored.')
  return complaint ? any.refine(written => written !== '', complaint) : any
}

export const nearMissSchema = z.object({
  title: line('what nearly happened', 300),
  whatHappened: text('Write what happened, in a sentence or two.'),
  whatStoppedIt: text(null),
  /** A service's slug; empty for none. */
  service: z.string().max(200),
  isNamed: z.boolean(),
})

/**
 * Reports what was nearly an incident. Without a name nothing is written that could tell who it was: no person, no
 * time but the day, and an id that does not hold one.
 * @throws AppError invalid naming the fields.
 */
export async function reportNearMiss(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: { title: string; whatHappened: string; whatStoppedIt: string; service: string; isNamed: boolean },
): Promise<void> {
  demand(actor, 'record incidents')
  const { title, whatHappened, whatStoppedIt, service: slug, isNamed } = check(nearMissSchema, given)
  const service = await serviceNamed(db, slug)
  await inTransaction(db, tx =>
    insertNearMiss(
      tx,
      {
        id: randomUUID(),
        title,
        what_happened: whatHappened,
        what_stopped_it: whatStoppedIt,
        service_id: service?.id ?? null,
        person_id: isNamed ? actor.personId || null : null,
        reported_on: dayIn('UTC', clock.now()),
      },
      wordsOf(title, whatHappened, whatStoppedIt, service?.name ?? ''),
    ),
  )
}

/** @param slug empty for none. @throws AppError invalid naming `service`. */
export async function serviceNamed(db: Db, slug: string): Promise<Service | null> {
  const service = slug === '' ? null : (await listServices(db)).find(one => one.slug === slug)
  if (service === undefined) throw invalidField('service', 'Choose a service from the list.')
  return service
}
