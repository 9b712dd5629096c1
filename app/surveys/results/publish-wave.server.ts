import { demand } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { inTransaction, lockFor } from '#db/index.server.ts'
import { findWave, type Wave } from '../get-wave.server.ts'
import type { WaveContext } from '../wave-context.ts'
import { changeWave, waveLock } from '../wave-queries.server.ts'
import { areCommentsDue, publishComments } from './publish-comments.server.ts'

/**
 * Publishes a closed wave: its release is for every member from now on. Comments stand in it at once where there are no
 * stewards, or where they are done or have had their days; else they follow. Doing it again changes nothing.
 * @throws AppError not-found; conflict for a wave that is not closed.
 */
export async function publishWave(context: WaveContext, id: string): Promise<Wave> {
  const { db, clock, actor } = context
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    await lockFor(tx, waveLock(id))
    const wave = await findWave(tx, id, clock)
    if (!wave) throw notFound('This wave')
    if (wave.kept === 'published') return
    if (wave.kept !== 'closed' || !wave.release)
      throw new AppError('conflict', 'A wave is published once it is closed.')
    const now = isoNow(clock)
    await changeWave(tx, id, ['closed'], { state: 'published', published_at: now, updated_at: now })
    await recordAudit(tx, { actor, clock }, { act: 'wave.published', subject: wave.title })
  })
  const published = await findWave(db, id, clock)
  if (published && areCommentsDue(published, clock)) await publishComments(context, id)
  const wave = await findWave(db, id, clock)
  if (!wave) throw notFound('This wave')
  return wave
}
