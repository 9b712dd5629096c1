import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import type { Actor } from './actor.ts'
import { deleteSession, sessionsOf } from './session-queries.server.ts'

/** Ends one of the person's own sessions. @throws AppError not-found for anybody else's. */
export async function revokeSession(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { id }: { id: string },
): Promise<void> {
  const own = await sessionsOf(db, actor.accountId, isoNow(clock))
  if (!own.some(session => session.id === id)) throw notFound('This session')
  await deleteSession(db, id, actor.accountId)
}
