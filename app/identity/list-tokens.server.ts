import { type Clock, isoNow } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { type Actor, demand, lesserRole, type Role, roleOf } from './actor.ts'
import { allTokens } from './token-queries.server.ts'

export interface TokenView {
  id: string
  name: string
  /** What it may do now: the lesser of its own role and its owner's. */
  role: Role
  owner: { id: string; name: string }
  createdAt: string
  expiresAt: string | null
  /** YYYY-MM-DD, UTC. */
  lastUsedOn: string | null
  state: 'in use' | 'expired' | 'revoked'
}

/** Every token of the organisation, newest first. */
export async function listTokens({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<TokenView[]> {
  demand(actor, 'administer')
  const now = isoNow(clock)
  return (await allTokens(db)).map(token => ({
    id: token.id,
    name: token.name,
    role: lesserRole(roleOf(token.role), roleOf(token.ownerRole)),
    owner: { id: token.ownerId, name: token.ownerName },
    createdAt: token.createdAt,
    expiresAt: token.expiresAt,
    lastUsedOn: token.lastUsedOn,
    state:
      token.revokedAt !== null ? 'revoked' : token.expiresAt !== null && token.expiresAt <= now ? 'expired' : 'in use',
  }))
}
