import { z } from 'zod'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField } from '#app/platform/errors.ts'
import { newId, newSecret, sha256 } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { type Actor, demand, lesserRole, ROLES } from './actor.ts'
import { check, line } from './fields.ts'
import { recordAudit } from './record-audit.server.ts'
import { insertToken } from './token-queries.server.ts'

export const TOKEN_PREFIX = 'cnd_'

const tokenSchema = z.object({
  name: line('what the token is for', 100),
  role: z.enum(ROLES, { error: 'Choose a role.' }),
  /** ISO 8601 UTC, or null for a token that does not expire. */
  expiresAt: z.iso.datetime({ error: 'Choose when the token expires.' }).nullable(),
})

/**
 * Makes a bearer token of the actor's account. Whatever its role, it never exceeds the account's present one.
 * @param options.secret a ready secret, for demo data only.
 * @returns the secret: shown once, kept only as a hash.
 */
export async function createToken(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  given: z.input<typeof tokenSchema>,
  { secret = `${TOKEN_PREFIX}${newSecret()}` }: { secret?: string } = {},
): Promise<{ id: string; secret: string }> {
  demand(actor, 'administer')
  const input = check(tokenSchema, given)
  if (lesserRole(input.role, actor.role) !== input.role)
    throw invalidField('role', 'This is more than your own role allows.')
  if (input.expiresAt !== null && input.expiresAt <= isoNow(clock))
    throw invalidField('expiresAt', 'Choose a day that is still to come.')
  const id = newId()
  await inTransaction(db, async tx => {
    await insertToken(tx, {
      id,
      ...input,
      tokenHash: sha256(secret),
      accountId: actor.accountId,
      createdAt: isoNow(clock),
    })
    const { name, ...after } = input
    await recordAudit(tx, { actor, clock }, { act: 'token.created', subject: name, after })
  })
  return { id, secret }
}
