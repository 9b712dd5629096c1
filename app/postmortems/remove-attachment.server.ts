import type { Actor } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { attachmentById, isContentUsed, markRemoved } from './attachment-queries.server.ts'
import type { AttachmentStore } from './attachment-store.server.ts'
import { mayChange, visibleRow } from './read-postmortem.server.ts'
import { lockRoom } from './save-records.server.ts'

/**
 * Takes a file away from a postmortem. That it was there stays in the history; its content goes once no other
 * postmortem has the same.
 * @throws AppError not-found for those who may not edit the postmortem.
 */
export async function removeAttachment(
  { db, clock, actor, store }: { db: Db; clock: Clock; actor: Actor; store: AttachmentStore },
  slug: string,
  id: string,
): Promise<void> {
  await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    const attachment = await attachmentById(tx, row.id, id)
    if (!attachment) throw notFound('This file')
    await markRemoved(tx, id, { at: isoNow(clock), by: actor.name })
    await recordAudit(
      tx,
      { actor, clock },
      {
        act: 'postmortem.attachment-removed',
        subject: row.title,
        before: { name: attachment.name, type: attachment.type, size: attachment.size },
      },
    )
    if (!(await isContentUsed(tx, attachment.sha256))) await store.forget(attachment.sha256)
  })
}
