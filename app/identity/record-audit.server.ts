import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'
import type { Actor } from './actor.ts'
import type { Act } from './audit-acts.ts'
import { insertAuditEntries } from './audit-queries.server.ts'

export interface AuditEntry {
  act: Act
  /** Whom or what it was done to, in words that are understood without looking anything up. */
  subject: string
  before?: object | null
  after?: object | null
}

/**
 * Writes down an administrator's act, inside the transaction that does it: neither exists without the other.
 * Secrets (passwords, tokens, links) never belong in `before` or `after`.
 */
export async function recordAudit(
  tx: Db,
  { actor, clock }: { actor: Actor; clock: Clock },
  ...entries: AuditEntry[]
): Promise<void> {
  const at = isoNow(clock)
  await insertAuditEntries(
    tx,
    entries.map(entry => ({
      id: newId(),
      at,
      actor_id: actor.personId || null,
      actor_name: actor.name,
      act: entry.act,
      subject: entry.subject,
      before: entry.before ? JSON.stringify(entry.before) : null,
      after: entry.after ? JSON.stringify(entry.after) : null,
    })),
  )
}

/** What differs, as a pair for an audit entry; null when nothing does. */
export function difference<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } | null {
  const changed = (Object.keys(after) as (keyof T)[]).filter(
    key => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  if (changed.length === 0) return null
  const pick = (from: T) => Object.fromEntries(changed.map(key => [key, from[key]])) as Partial<T>
  return { before: pick(before), after: pick(after) }
}
