/**
 * Closing a wave, in steps of which each can be done again, so that a process that ends anywhere in between changes
 * nothing: take no more answers; open all responses, compute the release, write bulletin and comments in random order
 * and delete the sealed rows, in one transaction; destroy the keys; scrub the files; closed.
 */
import { demand } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor, scrubTables, type Tx } from '#db/index.server.ts'
import { deleteResponses } from '../casting/response-queries.server.ts'
import { barredGroups } from '../disclosure/barred-groups.ts'
import { computeRelease } from '../disclosure/compute-release.ts'
import { findWave, type Wave } from '../get-wave.server.ts'
import {
  allPlaceholders,
  deletePlaceholders,
  insertPlaceholders,
  invitedRows,
  NOTHING_SIGNED,
  SOMETHING_SIGNED,
} from '../inviting/ballot-queries.server.ts'
import type { Questionnaire } from '../questionnaires/questionnaire.ts'
import type { Charter } from '../wave.ts'
import type { WaveContext } from '../wave-context.ts'
import { destroyKeys, openingKeyOf } from '../wave-keys.server.ts'
import { changeWave, waveLock } from '../wave-queries.server.ts'
import { insertBulletin, insertCommentReceipts, insertComments } from './bulletin-queries.server.ts'
import { type OpenedBallot, openResponses } from './open-responses.server.ts'
import { randomId } from './random-id.server.ts'
import { shuffled } from './shuffled.server.ts'

/** Tables in which deleted rows may have said something. */
export const SCRUBBED = [
  'wave_responses',
  'wave_ballots',
  'wave_bulletin',
  'wave_comment_receipts',
  'wave_comments',
] as const

/** The steps in their order; a test ends the process after each. */
export type ClosingStep = 'stopped' | 'computed' | 'keys-destroyed' | 'scrubbed'

/**
 * Closes an open wave now, or goes on with a closing that was interrupted. Doing it again changes nothing.
 * @param after is told of each step that is done.
 * @throws AppError not-found; conflict for a wave that was not opened or was abandoned; gone where its key is not here.
 */
export async function closeWave(
  context: WaveContext,
  id: string,
  after: (step: ClosingStep) => void | Promise<void> = () => undefined,
): Promise<Wave> {
  const { db, clock, actor } = context
  demand(actor, 'administer')
  let wave = await closing(context, id)
  if (wave.kept === 'open') {
    // Whoever could not open the responses must not stop them either.
    openingKeyOf(context, wave)
    await stopAnswers(context, id)
    await after('stopped')
    wave = await closing(context, id)
  }
  if (wave.kept !== 'closing') return wave
  if (!wave.release) {
    await compute(context, wave)
    await after('computed')
  }
  destroyKeys(context.dataDir, wave)
  await after('keys-destroyed')
  await scrubTables(db, SCRUBBED)
  await after('scrubbed')
  await inTransaction(db, async tx => {
    const now = isoNow(clock)
    if (!(await changeWave(tx, id, ['closing'], { state: 'closed', closed_at: now, updated_at: now }))) return
    await recordAudit(tx, { actor, clock }, { act: 'wave.closed', subject: wave.title })
  })
  return closing(context, id)
}

/** From here on no instance takes an answer: each asks for the state under the lock that is held here alone. */
async function stopAnswers({ db, clock }: WaveContext, id: string): Promise<void> {
  await inTransaction(db, async tx => {
    await lockFor(tx, waveLock(id))
    await changeWave(tx, id, ['open'], { state: 'closing', updated_at: isoNow(clock) })
  })
}

/** @throws AppError for a wave that cannot be closed. */
async function closing({ db, clock }: WaveContext, id: string): Promise<Wave> {
  const wave = await findWave(db, id, clock)
  if (!wave) throw notFound('This wave')
  if (wave.kept === 'planned') throw new AppError('conflict', 'This wave was not opened.')
  if (wave.kept === 'abandoned') throw new AppError('conflict', 'This wave was abandoned.')
  return wave
}

async function compute(context: WaveContext, wave: Wave): Promise<void> {
  const { db, clock, actor } = context
  const opened = await openResponses(context, wave)
  const barred = await barredFor(db, wave)
  await inTransaction(db, async tx => {
    await lockFor(tx, waveLock(wave.id))
    const now = await findWave(tx, wave.id, clock)
    // Another instance was faster.
    if (now?.kept !== 'closing' || now.release) return
    const collected = await renewPlaceholders(tx, wave.id)
    const { questionnaire, charter, invited } = frozenOf(wave)
    const responses = shuffled(opened.ballots)
    const release = computeRelease({
      wave: wave.id,
      questionnaire,
      groups: charter.grouping?.groups ?? null,
      k: charter.k,
      invited,
      collected,
      responses: responses.map(({ given }) => given),
      barred,
    })
    await insertBulletin(tx, wave.id, responses)
    await insertCommentReceipts(tx, wave.id, shuffled(responses.flatMap(one => one.commentReceipts)))
    await insertComments(tx, wave.id, commentsOf(responses))
    await deleteResponses(tx, wave.id)
    await changeWave(tx, wave.id, ['closing'], {
      release: JSON.stringify(release),
      collected,
      cast_count: responses.length,
      updated_at: isoNow(clock),
    })
    if (opened.unreadable > 0) {
      const after = { responsesThatWereDamaged: opened.unreadable }
      await recordAudit(tx, { actor, clock }, { act: 'wave.responses-damaged', subject: wave.title, after })
    }
  })
}

/** Groups of which a strict wave shows no cell, since their members changed by too few since the wave before. */
async function barredFor(db: Db, wave: Wave): Promise<ReadonlySet<string>> {
  const { charter } = frozenOf(wave)
  if (!charter.isStrict || !charter.grouping || wave.previousId === null) return new Set()
  const before = await findWave(db, wave.previousId)
  if (!before?.charter?.grouping) return new Set()
  const [now, then] = await Promise.all([invitedRows(db, wave.id), invitedRows(db, before.id)])
  return barredGroups(
    { groups: charter.grouping.groups, invited: now },
    { groups: before.charter.grouping.groups, invited: then },
    charter.k,
  )
}

/** New rows in random order that say only whether a ballot was collected. @returns how many were. */
async function renewPlaceholders(tx: Tx, wave: string): Promise<number> {
  const people = await allPlaceholders(tx, wave)
  const collected = new Set(people.filter(one => one.digest !== NOTHING_SIGNED).map(one => one.personId))
  await deletePlaceholders(tx, wave)
  await insertPlaceholders(tx, wave, shuffled(people.map(one => one.personId)), person =>
    collected.has(person) ? SOMETHING_SIGNED : NOTHING_SIGNED,
  )
  return collected.size
}

function commentsOf(ballots: readonly OpenedBallot[]): { id: string; item: string; text: string }[] {
  const comments = ballots.flatMap(({ given }) => given.comments)
  return shuffled(comments).map(({ item, text }) => ({ id: randomId(), item, text }))
}

function frozenOf(wave: Wave): { questionnaire: Questionnaire; charter: Charter; invited: number } {
  if (!wave.questionnaire || !wave.charter || wave.invited === null) throw new Error(`${wave.id} was never opened`)
  return { questionnaire: wave.questionnaire, charter: wave.charter, invited: wave.invited }
}
