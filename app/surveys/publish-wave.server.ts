import { demand } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { inTransaction, lockFor, scrubTables } from '#db/index.server.ts'
import { commentsToPublish, deleteComments } from './bulletin-queries.server.ts'
import { findWave, type Wave } from './get-wave.server.ts'
import { itemsOf } from './questionnaire.ts'
import type { Release } from './release.ts'
import { shuffled } from './shuffled.server.ts'
import type { WaveContext } from './wave-context.ts'
import { changeWave, waveLock } from './wave-queries.server.ts'

/**
 * Publishes a closed wave: its release is for every member from now on, and with it the comments on questions with at
 * least k of them, shuffled and as the stewards left them. All other comments are erased. Doing it again changes
 * nothing.
 * @throws AppError not-found; conflict for a wave that is not closed.
 */
export async function publishWave(context: WaveContext, id: string): Promise<Wave> {
  const { db, clock, actor } = context
  demand(actor, 'administer')
  const hasErased = await inTransaction(db, async tx => {
    await lockFor(tx, waveLock(id))
    const wave = await findWave(tx, id, clock)
    if (!wave) throw notFound('This wave')
    if (wave.kept === 'published') return false
    if (wave.kept !== 'closed' || !wave.release || !wave.questionnaire || !wave.charter)
      throw new AppError('conflict', 'A wave is published once it is closed.')
    const comments = await commentsToPublish(tx, id)
    const order = itemsOf(wave.questionnaire).map(item => item.id)
    const published = order
      .map(item => ({ item, texts: shuffled(comments.filter(one => one.item === item).map(one => one.text)) }))
      .filter(({ texts }) => texts.length >= (wave.charter?.k ?? Number.POSITIVE_INFINITY))
    const kept = new Set(published.map(one => one.item))
    const erased = [...new Set(comments.map(one => one.item))].filter(item => !kept.has(item))
    await deleteComments(tx, id, erased)
    const release: Release = {
      ...wave.release,
      comments: published,
      redacted: comments.filter(one => one.isRedacted && kept.has(one.item)).length,
    }
    const now = isoNow(clock)
    const change = { state: 'published', release: JSON.stringify(release), published_at: now, updated_at: now }
    await changeWave(tx, id, ['closed'], change)
    await recordAudit(tx, { actor, clock }, { act: 'wave.published', subject: wave.title })
    return erased.length > 0
  })
  if (hasErased) await scrubTables(db, ['wave_comments'])
  const wave = await findWave(db, id, clock)
  if (!wave) throw notFound('This wave')
  return wave
}
