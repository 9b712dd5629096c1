import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newSecret, sha256 } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'
import { deleteLinksOf, insertLink, type LinkKind } from './account-queries.server.ts'

export const LINK_LIFETIME_MS = 60 * 60 * 1000

/** Makes the one link of this kind that an account may have; earlier ones stop working. @returns its secret. */
export async function issueLink(tx: Db, clock: Clock, accountId: string, kind: LinkKind): Promise<string> {
  const secret = newSecret()
  await deleteLinksOf(tx, accountId, kind)
  await insertLink(tx, {
    tokenHash: sha256(secret),
    accountId,
    kind,
    createdAt: isoNow(clock),
    expiresAt: new Date(clock.now() + LINK_LIFETIME_MS).toISOString(),
  })
  return secret
}
