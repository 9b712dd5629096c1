/** Lucia's view of our tables. A session id is stored only as its SHA-256, so that a stolen database opens no door. */
import type { Adapter, DatabaseSession } from 'lucia'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { sha256 } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'
import * as queries from './session-queries.server.ts'
import { houseZone } from './settings.ts'

/** Lucia reads `Date.now()`; our times come from the clock. These two translate between the calendars. */
function shifts(clock: Clock) {
  return {
    toLucia: (iso: string) => new Date(Date.parse(iso) - clock.now() + Date.now()),
    fromLucia: (date: Date) => new Date(date.getTime() - Date.now() + clock.now()).toISOString(),
  }
}

/** Whether the person behind a credential may still come in: neither disabled nor gone by today. */
export function isWelcome(
  holder: { disabledAt: string | null; leftOn: string | null },
  clock: Clock,
  zone: string,
): boolean {
  if (holder.disabledAt !== null) return false
  return holder.leftOn === null || holder.leftOn > dayIn(zone, clock.now())
}

export function sessionAdapter(db: Db, clock: Clock): Adapter {
  const { toLucia, fromLucia } = shifts(clock)
  return {
    async getSessionAndUser(id) {
      const row = await queries.findSession(db, sha256(id))
      if (!row) return [null, null]
      const session: DatabaseSession = {
        id,
        userId: row.accountId,
        expiresAt: toLucia(row.expiresAt),
        attributes: { userAgent: '' },
      }
      return [session, isWelcome(row, clock, houseZone(row.houseZone)) ? { id: row.accountId, attributes: row } : null]
    },
    async getUserSessions() {
      throw new Error('Session ids cannot be listed: only their hashes are kept. See list-sessions.server.ts')
    },
    async setSession(session) {
      await queries.insertSession(db, {
        idHash: sha256(session.id),
        accountId: session.userId,
        expiresAt: fromLucia(session.expiresAt),
        createdAt: isoNow(clock),
        userAgent: session.attributes.userAgent,
      })
    },
    async updateSessionExpiration(id, expiresAt) {
      await queries.extendSession(db, sha256(id), fromLucia(expiresAt))
    },
    async deleteSession(id) {
      await queries.deleteSession(db, sha256(id))
    },
    async deleteUserSessions(accountId) {
      await queries.deleteSessionsOf(db, accountId)
    },
    async deleteExpiredSessions() {
      await queries.deleteExpiredSessions(db, isoNow(clock))
    },
  }
}
