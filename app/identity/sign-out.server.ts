import type { Actor } from './actor.ts'
import { type AuthContext, blankCookie, closeSession } from './auth.server.ts'
import { deleteSessionsOf } from './session-queries.server.ts'

/** Ends the session of this browser. @returns the cookie that clears it. */
export function signOut(context: AuthContext, { cookie }: { cookie: string | null }): Promise<string> {
  return closeSession(context, cookie)
}

/** Ends every session of the person, this one included. @returns the cookie that clears it here. */
export async function signOutEverywhere(context: AuthContext & { actor: Actor }): Promise<string> {
  await deleteSessionsOf(context.db, context.actor.accountId)
  return blankCookie(context)
}
