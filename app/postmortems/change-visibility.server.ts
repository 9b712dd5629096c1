import type { Actor } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { indexPostmortems } from './index-postmortems.server.ts'
import { updatePostmortem } from './postmortem-queries.server.ts'
import { mayChange, visibleRow } from './read-postmortem.server.ts'
import { lockRoom } from './save-records.server.ts'

export const VISIBILITY_CHANGES = ['archive', 'restore', 'restrict', 'open'] as const
export type VisibilityChange = (typeof VISIBILITY_CHANGES)[number]

/**
 * Archives, restores, restricts or opens a postmortem; search follows in the same transaction.
 * @throws AppError not-found for those who are neither editors nor authors of a draft; invalid when a restriction has no reason.
 */
export async function changeVisibility(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  slug: string,
  { change, reason }: { change: VisibilityChange; reason: string },
): Promise<void> {
  const why = cleanText(reason).text.trim()
  if (change === 'restrict' && !why)
    throw invalidField('reason', 'Say why, so that it can be opened when the reason is gone.')
  await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    const now = isoNow(clock)
    const after = {
      archive: { archived_at: row.archived_at ?? now },
      restore: { archived_at: null },
      restrict: { is_restricted: 1, restricted_reason: cleanText(why.slice(0, 500)).text },
      open: { is_restricted: 0, restricted_reason: null },
    }[change]
    await updatePostmortem(tx, row.id, { ...after, updated_at: now })
    await indexPostmortems(tx, [row.id])
    await recordAudit(
      tx,
      { actor, clock },
      {
        act: `postmortem.${change}`,
        subject: row.title,
        before: { archivedAt: row.archived_at, restricted: row.is_restricted === 1 },
        after,
      },
    )
  })
}
