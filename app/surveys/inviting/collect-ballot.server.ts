/** Collecting a ballot: the one moment at which a person and a wave meet. What is signed cannot be read. */
import { createHash } from 'node:crypto'
import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, lockFor, shareLockFor, type Tx } from '#db/index.server.ts'
import { blindSign, isBlindedMessage, SIGNATURE_BYTES } from '../casting/blind-signature.server.ts'
import { inOneGo } from '../casting/one-go.server.ts'
import { fromBase64Url } from '../casting/receipts.ts'
import { stateAt } from '../wave.ts'
import { type KeyPlace, keysOf } from '../wave-keys.server.ts'
import { type WaveMoment, waveLock, waveMoment } from '../wave-queries.server.ts'
import { fillPlaceholders, isInvited, NOTHING_SIGNED, placeholdersOf } from './ballot-queries.server.ts'

export interface CollectContext extends KeyPlace {
  db: Db
  clock: Clock
  actor: Actor
}

/**
 * Signs the blinded message of an invited person, once: the same one again gets the same signature.
 * @param blindedMessage base64url.
 * @returns the blind signature, 256 bytes.
 * @throws AppError invalid for what is not 256 bytes with 1 < m < n − 1; not-found for those who are not invited;
 * gone before collecting begins and from the closing on; conflict when another message was signed before.
 */
export async function collectBallot(context: CollectContext, wave: string, blindedMessage: unknown): Promise<Buffer> {
  const { db, clock, actor } = context
  const message = typeof blindedMessage === 'string' ? fromBase64Url(blindedMessage) : null
  if (message?.length !== SIGNATURE_BYTES) throw malformed()
  const moment = await waveMoment(db, wave, clock)
  if (!moment || !actor.personId || !(await isInvited(db, wave, actor.personId))) throw notFound('This wave')
  demandCollecting(moment)
  const { signing, verifying, modulus } = keysOf(context, moment)
  if (!isBlindedMessage(message, modulus)) throw malformed()
  const digest = createHash('sha256').update(message).digest('hex')
  const outcome = await note(db, { wave, personId: actor.personId, digest, clock })
  if (outcome === 'closed') throw notCollecting('closing')
  if (outcome === 'not-invited') throw notFound('This wave')
  if (outcome === 'other')
    throw new AppError('conflict', 'A ballot was collected in your name before. It cannot be issued again.')
  return blindSign(signing, verifying, message)
}

/** Whether a ballot was collected in a person's name, as everyone may see of themselves. */
export async function collectedBy(
  db: Db,
  wave: string,
  personId: string,
): Promise<'not-invited' | 'not-collected' | 'collected'> {
  const [own] = await placeholdersOf(db, wave, [personId])
  if (!own) return (await isInvited(db, wave, personId)) ? 'not-collected' : 'not-invited'
  return own.digest === NOTHING_SIGNED ? 'not-collected' : 'collected'
}

interface Collecting {
  wave: string
  personId: string
  digest: string
  clock: Clock
}
type Outcome = 'noted' | 'other' | 'closed' | 'not-invited'

const note = inOneGo<Collecting, Outcome>(async (tx, items) => {
  const outcomes = new Map<Collecting, Outcome>()
  for (const wave of [...new Set(items.map(item => item.wave))].sort()) {
    const some = items.filter(item => item.wave === wave)
    await shareLockFor(tx, waveLock(wave))
    const moment = await waveMoment(tx, wave, (some[0] as Collecting).clock)
    if (!moment || !isCollecting(moment)) for (const item of some) outcomes.set(item, 'closed')
    else await noteAll(tx, wave, some, outcomes)
  }
  return items.map(item => outcomes.get(item) as Outcome)
})

/** All that came at this moment for one wave, shard by shard in one order, so that two instances never wait in a circle. */
async function noteAll(
  tx: Tx,
  wave: string,
  items: readonly Collecting[],
  outcomes: Map<Collecting, Outcome>,
): Promise<void> {
  const personIds = [...new Set(items.map(item => item.personId))]
  const shardOf = new Map((await placeholdersOf(tx, wave, personIds)).map(one => [one.personId, one.shard]))
  const shards = [...new Set(shardOf.values())].sort((one, other) => one - other)
  for (const shard of shards) await lockFor(tx, `${waveLock(wave)}:shard:${shard}`)
  const digests = new Map((await placeholdersOf(tx, wave, personIds)).map(one => [one.personId, one.digest]))
  const filled = new Map(shards.map(shard => [shard, new Map<string, string>()]))
  for (const item of items) {
    const before = digests.get(item.personId)
    if (before === NOTHING_SIGNED) {
      digests.set(item.personId, item.digest)
      filled.get(shardOf.get(item.personId) as number)?.set(item.personId, item.digest)
    }
    if (before === undefined) outcomes.set(item, 'not-invited')
    else outcomes.set(item, before === NOTHING_SIGNED || before === item.digest ? 'noted' : 'other')
  }
  for (const [shard, some] of filled) if (some.size > 0) await fillPlaceholders(tx, wave, shard, some)
}

function isCollecting(moment: WaveMoment): boolean {
  const state = stateAt(moment, moment.now)
  return state === 'collecting' || state === 'answering'
}

function demandCollecting(moment: WaveMoment): void {
  if (!isCollecting(moment)) throw notCollecting(stateAt(moment, moment.now), moment.collectingFrom)
}

function notCollecting(state: string, collectingFrom?: string): AppError {
  return new AppError(
    'gone',
    state === 'planned' && collectingFrom
      ? `Ballots can be collected from ${collectingFrom} on.`
      : 'This wave is closed: no ballot can be collected any more.',
  )
}

function malformed(): AppError {
  return invalidField(
    'blindedMessage',
    'This is not a blinded message: 256 bytes in base64url, a number m with 1 < m < n − 1.',
  )
}
