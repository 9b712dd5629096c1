import type { Db } from '#db/index.server.ts'
import { type Actor, demand } from './actor.ts'
import { actInWords } from './audit-acts.ts'
import { type AuditFilter, auditActors, auditActs, auditEntries, countAuditEntries } from './audit-queries.server.ts'
import { isStorable } from './fields.ts'

export interface AuditView {
  id: string
  at: string
  actor: { id: string | null; name: string }
  act: string
  subject: string
  /** Field by field; null where there is nothing to compare. */
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** Administrators' acts, latest first. */
export async function listAudit(
  { db, actor }: { db: Db; actor: Actor },
  filter: AuditFilter,
  page: { offset: number; limit: number },
): Promise<{ items: AuditView[]; total: number }> {
  demand(actor, 'administer')
  if (!Object.values(filter).every(value => isStorable(value ?? ''))) return { items: [], total: 0 }
  const [rows, total] = await Promise.all([auditEntries(db, filter, page), countAuditEntries(db, filter)])
  const items = rows.map(row => ({
    id: row.id,
    at: row.at,
    actor: { id: row.actorId, name: row.actorName },
    act: row.act,
    subject: row.subject,
    before: parsed(row.before),
    after: parsed(row.after),
  }))
  return { items, total }
}

/** Who has acted and what was done so far, to choose from. */
export async function auditChoices({ db, actor }: { db: Db; actor: Actor }) {
  demand(actor, 'administer')
  const [actors, acts] = await Promise.all([auditActors(db), auditActs(db)])
  return {
    actors: actors.map(one => ({ id: one.id as string, name: one.name })),
    acts: acts.map(({ act }) => ({ act, words: actInWords(act) })),
  }
}

function parsed(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>)
}
