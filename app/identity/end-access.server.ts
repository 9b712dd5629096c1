import type { Db } from '#db/index.server.ts'
import { accountOfPerson, deleteLinksOf } from './account-queries.server.ts'
import { deleteSessionsOf } from './session-queries.server.ts'
import { revokeTokensOf } from './token-queries.server.ts'

/** Ends every way in that a person has, at once: sessions, tokens, open links. */
export async function endAccess(tx: Db, personId: string, now: string): Promise<void> {
  const account = await accountOfPerson(tx, personId)
  if (!account) return
  await deleteSessionsOf(tx, account.id)
  await revokeTokensOf(tx, account.id, now)
  await deleteLinksOf(tx, account.id)
}
