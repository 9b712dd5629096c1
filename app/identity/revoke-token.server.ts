import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { type Actor, demand } from './actor.ts'
import { isStorable } from './fields.ts'
import { recordAudit } from './record-audit.server.ts'
import { revokeTokenRow, tokenById } from './token-queries.server.ts'

/** Makes a token worthless from now on. A second time changes nothing. */
export async function revokeToken(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { id }: { id: string },
): Promise<void> {
  demand(actor, 'administer')
  await inTransaction(db, async tx => {
    const token = isStorable(id) ? await tokenById(tx, id) : undefined
    if (!token) throw notFound('This token')
    if (token.revokedAt !== null) return
    await revokeTokenRow(tx, id, isoNow(clock))
    await recordAudit(tx, { actor, clock }, { act: 'token.revoked', subject: token.name, before: { role: token.role } })
  })
}
