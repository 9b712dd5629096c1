/** What people say of themselves: that they have read what comes before, that they are in the room. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { type ForumRow, forumById } from './forum-queries.server.ts'
import { putAttendance, putRead } from './people-queries.server.ts'

interface Context {
  db: Db
  actor: Actor
}

/** Counted, never shown by name. @throws AppError not-found. */
export async function noteRead({ db, actor }: Context, forumId: string): Promise<void> {
  await forumFor({ db, actor }, forumId)
  await putRead(db, forumId, actor.personId)
}

/** For those without a screen of their own. @throws AppError not-found, conflict unless the forum is live. */
export async function checkIn({ db, actor }: Context, forumId: string): Promise<void> {
  const forum = await forumFor({ db, actor }, forumId)
  if (forum.state !== 'live') throw new AppError('conflict', 'One can check in while the forum is live.')
  await putAttendance(db, forumId, [{ personId: actor.personId, how: 'checked-in' }])
}

async function forumFor({ db, actor }: Context, id: string): Promise<ForumRow> {
  demand(actor, 'take part in forums')
  const forum = isStorable(id) ? await forumById(db, id) : undefined
  if (!forum || actor.personId === '') throw notFound('This forum')
  return forum
}
