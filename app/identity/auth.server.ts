/** Who asks. The only file, with its adapter, that knows lucia. */
import { Lucia, TimeSpan } from 'lucia'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { sha256 } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'
import { type Actor, lesserRole, roleOf } from './actor.ts'
import { isWelcome, sessionAdapter } from './session-adapter.server.ts'
import { deleteSession, findToken, type Holder } from './session-queries.server.ts'
import { houseZone } from './settings.ts'
import { touchToken } from './token-queries.server.ts'

export interface AuthContext {
  db: Db
  clock: Clock
  /** The address people use; an https one makes the cookie Secure. */
  origin: string | null
}

export interface Credentials {
  /** The Cookie header. */
  cookie: string | null
  /** The Authorization header. */
  authorization: string | null
}

export const SESSION_COOKIE = 'candor_session'
const SESSION_DAYS = 30

function luciaFor({ db, clock, origin }: AuthContext) {
  return new Lucia(sessionAdapter(db, clock), {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
    sessionCookie: {
      name: SESSION_COOKIE,
      attributes: { secure: origin?.startsWith('https:') ?? false, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: attributes => attributes,
  })
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaFor>
    DatabaseSessionAttributes: { userAgent: string }
    DatabaseUserAttributes: Holder
  }
}

/**
 * Finds out who sent a request: by bearer token if there is an Authorization header, else by the session cookie.
 * A header that does not convince never falls back to the cookie, for such requests skip the same-origin check.
 * @returns `setCookie` when the browser must be told something new: a session prolonged, or one that is over.
 */
export async function authenticate(
  context: AuthContext,
  { cookie, authorization }: Credentials,
): Promise<{ actor: Actor | null; setCookie: string | null }> {
  if (authorization !== null) return { actor: await tokenActor(context, authorization), setCookie: null }
  const id = sessionIdIn(cookie)
  if (!id) return { actor: null, setCookie: null }
  const lucia = luciaFor(context)
  const { session, user } = await lucia.validateSession(id)
  if (!session) return { actor: null, setCookie: blankCookie(context) }
  return {
    actor: actorFrom(user, roleOf(user.role), 'session'),
    setCookie: session.fresh ? lucia.createSessionCookie(id).serialize() : null,
  }
}

async function tokenActor({ db, clock }: AuthContext, authorization: string): Promise<Actor | null> {
  const secret = /^Bearer +([\w.~+/=-]{1,200})$/i.exec(authorization.trim())?.[1]
  if (!secret) return null
  const token = await findToken(db, sha256(secret))
  if (!token || token.revokedAt !== null || !isWelcome(token, clock, houseZone(token.houseZone))) return null
  if (token.expiresAt !== null && token.expiresAt <= isoNow(clock)) return null
  const today = dayIn('UTC', clock.now())
  if (token.lastUsedOn !== today) await touchToken(db, token.tokenId, today)
  return actorFrom(token, lesserRole(roleOf(token.tokenRole), roleOf(token.role)), 'token')
}

function actorFrom(holder: Holder, role: Actor['role'], via: Actor['via']): Actor {
  const { accountId, personId, name, email } = holder
  return { accountId, personId, name, email, role, timeZone: holder.timeZone ?? houseZone(holder.houseZone), via }
}

/** Opens a session for an account. @returns the cookie to set. */
export async function openSession(context: AuthContext, accountId: string, userAgent: string): Promise<string> {
  const lucia = luciaFor(context)
  const session = await lucia.createSession(accountId, { userAgent: userAgent.slice(0, 300) })
  return lucia.createSessionCookie(session.id).serialize()
}

/** Ends the session that a Cookie header names, if it names one. @returns the cookie that clears it. */
export async function closeSession(context: AuthContext, cookie: string | null): Promise<string> {
  const hash = sessionHashIn(cookie)
  if (hash) await deleteSession(context.db, hash)
  return blankCookie(context)
}

/** A cookie that makes the browser forget its session. */
export function blankCookie(context: AuthContext): string {
  return luciaFor(context).createBlankSessionCookie().serialize()
}

/** The stored form of the session named in a Cookie header. */
export function sessionHashIn(cookie: string | null): string | null {
  const id = sessionIdIn(cookie)
  return id && sha256(id)
}

// Not lucia's reader: it decodes every cookie of the header, and throws for one that another program wrote badly.
function sessionIdIn(cookie: string | null): string | null {
  return new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([a-z2-7]{40})\\s*(?:;|$)`).exec(cookie ?? '')?.[1] ?? null
}

/** Who acts from the command line of the server itself, where the operating system has already asked who they are. */
export function terminalActor(timeZone = 'UTC'): Actor {
  return { accountId: '', personId: '', name: 'Terminal', email: '', role: 'administrator', timeZone, via: 'terminal' }
}
