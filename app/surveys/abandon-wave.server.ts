import { demand } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { isoNow, systemClock } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor, scrubTables } from '#db/index.server.ts'
import { deleteResponses } from './casting/response-queries.server.ts'
import { SCRUBBED } from './closing/close-wave.server.ts'
import { findWave, type Wave } from './get-wave.server.ts'
import { deletePlaceholders } from './inviting/ballot-queries.server.ts'
import type { WaveContext } from './wave-context.ts'
import { destroyKeys, type KeyedWave } from './wave-keys.server.ts'
import { changeWave, waveLock, wavesIn } from './wave-queries.server.ts'

/**
 * Ends a wave without results: what was cast is destroyed unread, with the keys. Its charter and the reason stay.
 * @param why a sentence for everybody who was invited.
 * @throws AppError invalid without a reason; not-found; conflict once its answers are counted.
 */
export async function abandonWave(context: WaveContext, id: string, why: string): Promise<Wave> {
  const { db, clock, actor } = context
  demand(actor, 'administer')
  const reason = why.trim().slice(0, 1000)
  if (reason === '') throw invalidField('why', 'Write why, for everybody who was invited.')
  const wave = await inTransaction(db, async tx => {
    await lockFor(tx, waveLock(id))
    const before = await findWave(tx, id, clock)
    if (!before) throw notFound('This wave')
    if (before.kept === 'abandoned') return before
    if (before.release || before.kept === 'closed' || before.kept === 'published')
      throw new AppError('conflict', 'This wave is closed: its answers are counted already.')
    const now = isoNow(clock)
    await deleteResponses(tx, id)
    await deletePlaceholders(tx, id)
    const change = { state: 'abandoned', abandoned_at: now, abandoned_why: reason, updated_at: now }
    await changeWave(tx, id, ['planned', 'open', 'closing'], change)
    await recordAudit(tx, { actor, clock }, { act: 'wave.abandoned', subject: before.title, after: { why: reason } })
    return before
  })
  destroyKeys(context.dataDir, wave)
  if (wave.openedAt !== null) await scrubTables(db, SCRUBBED)
  const abandoned = await findWave(db, id, clock)
  if (!abandoned) throw notFound('This wave')
  return abandoned
}

/** Waves that could still be answered or counted; none in a database from before there were waves. */
export async function unfinishedWaves(db: Db): Promise<KeyedWave[]> {
  try {
    return (await wavesIn(db, ['open', 'closing'], systemClock)).map(row => ({ id: row.id, publicKey: row.public_key }))
  } catch {
    return []
  }
}

/**
 * What becomes of open waves when a backup is put in place: ballots that were collected since are not in it and could
 * be collected again, so nobody could be sure of the count.
 * @returns the titles of the waves.
 */
export async function abandonRestoredWaves(context: WaveContext): Promise<string[]> {
  const waves = await wavesIn(context.db, ['open', 'closing'], context.clock)
  const unfinished = waves.filter(wave => wave.release === null)
  for (const { id } of unfinished)
    await abandonWave(
      context,
      id,
      'A backup of Candor was restored while this wave was open. What was answered since is not in it, so the wave could not be counted.',
    )
  return unfinished.map(wave => wave.title)
}
