import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { Actor } from './actor.ts'
import { sessionHashIn } from './auth.server.ts'
import { deviceInWords } from './device.ts'
import { sessionsOf } from './session-queries.server.ts'

export interface OpenSession {
  /** Names the session to `revokeSession`; of no use to get in. */
  id: string
  device: string
  createdAt: string
  expiresAt: string
  isCurrent: boolean
}

/** Where the person is signed in, newest first. */
export async function listSessions(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { cookie }: { cookie: string | null },
): Promise<OpenSession[]> {
  const current = sessionHashIn(cookie)
  const rows = await sessionsOf(db, actor.accountId, isoNow(clock))
  return rows.map(({ userAgent, ...row }) => ({
    ...row,
    device: deviceInWords(userAgent),
    isCurrent: row.id === current,
  }))
}
