/** Taking a comment back, and putting its question to rest. */
import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { answersTo, commentById, deleteComment, replaceMentions, updateComment } from './comment-queries.server.ts'
import { mayChange, visibleRow } from './read-postmortem.server.ts'
import { isWriter } from './write-comment.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/**
 * Removes one's own comment: its words at once, its place only where nobody answered it.
 * @throws AppError not-found for everybody else's.
 */
export async function removeComment({ db, clock, actor }: Context, slug: string, id: string): Promise<void> {
  await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    const comment = await commentById(tx, row.id, id)
    if (!comment || comment.deleted_at || !isWriter(comment, actor)) throw notFound('This comment')
    if ((await answersTo(tx, id)) === 0) return deleteComment(tx, id)
    await updateComment(tx, id, { text: '', deleted_at: isoNow(clock) })
    await replaceMentions(tx, id, [])
  })
}

/**
 * Says of a comment on a draft that its question is answered, or that it is not.
 * @throws AppError not-found for those who neither wrote it nor may edit the postmortem; conflict once it is published.
 */
export async function resolveComment(
  { db, clock, actor }: Context,
  slug: string,
  { id, isResolved }: { id: string; isResolved: boolean },
): Promise<void> {
  await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    const comment = await commentById(tx, row.id, id)
    if (!comment || comment.parent_id) throw notFound('This comment')
    if (!isWriter(comment, actor) && !(await mayChange(tx, actor, row))) throw notFound('This comment')
    if (row.status === 'published')
      throw new AppError('conflict', 'It is published meanwhile: answer the comment instead.')
    if (isResolved === (comment.resolved_at !== null)) return
    await updateComment(tx, id, {
      resolved_at: isResolved ? isoNow(clock) : null,
      resolved_by: isResolved ? actor.name : null,
    })
  })
}
