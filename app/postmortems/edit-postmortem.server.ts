import type { Actor } from '#app/identity/actor.ts'
import { can } from '#app/identity/actor.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { readPostmortem, recordsByIds } from './read-postmortem.server.ts'
import type { PostmortemRecord } from './record.ts'
import { hashOf } from './record-of.server.ts'
import { lockRoom, saveRecords } from './save-records.server.ts'

/** The record to edit: its own facts, not the incident's. @throws AppError not-found for those who may only read. */
export async function recordToEdit(context: { db: Db; actor: Actor }, slug: string) {
  const read = await readPostmortem(context, slug)
  if (!read.mayEdit) throw notFound('This page')
  const record = (await recordsByIds(context.db, [read.id])).get(read.id)
  if (!record) throw notFound('This postmortem')
  return { id: read.id, slug: read.slug, revision: read.revision, record }
}

/**
 * Writes a new revision if anything changed.
 * @param expected the revision that the editor saw.
 * @throws AppError conflict when someone else saved meanwhile; not-found when the actor may not edit.
 */
export async function editPostmortem(
  context: { db: Db; clock: Clock; actor: Actor },
  slug: string,
  input: { record: PostmortemRecord; expected: number; note: string },
): Promise<void> {
  const { id } = await recordToEdit(context, slug)
  await inTransaction(context.db, async tx => {
    await lockRoom(tx)
    const before = await recordToEdit({ ...context, db: tx }, slug)
    if (before.revision !== input.expected)
      throw new AppError(
        'conflict',
        `Someone saved revision ${before.revision} while you were editing. What you typed is still here: open the history in another tab, take over what changed, and save again.`,
        [{ path: 'expected', message: String(before.revision) }],
      )
    const record = { ...input.record }
    if (record.status !== before.record.status && record.status === 'published') {
      if (!can(context.actor, 'edit the library'))
        throw new AppError('invalid', 'An editor publishes. Set it to ‘in review’ and ask one.', [
          { path: 'status', message: 'Only editors publish.' },
        ])
      record.publishedAt ??= isoNow(context.clock)
    }
    if (hashOf(record) === hashOf(before.record)) return
    await saveRecords(tx, context, [{ id, record, note: cleanText(input.note.trim().slice(0, 300)).text || 'Edited' }])
  })
}
