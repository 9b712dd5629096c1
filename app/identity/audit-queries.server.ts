import type { Insertable } from 'kysely'
import type { Db, Tables } from '#db/index.server.ts'

/** As many rows as fit the fewest parameters that a database takes in one statement. */
const SLICE = 100

export async function insertAuditEntries(db: Db, rows: Insertable<Tables['audit_entries']>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += SLICE)
    await db
      .insertInto('audit_entries')
      .values(rows.slice(at, at + SLICE))
      .execute()
}

export interface AuditFilter {
  actorId?: string | null
  act?: string | null
  /** Moments: from inclusive, to exclusive. */
  from?: string | null
  to?: string | null
}

function filtered(db: Db, filter: AuditFilter) {
  return db
    .selectFrom('audit_entries')
    .$if(Boolean(filter.actorId), query => query.where('actor_id', '=', filter.actorId as string))
    .$if(Boolean(filter.act), query => query.where('act', '=', filter.act as string))
    .$if(Boolean(filter.from), query => query.where('at', '>=', filter.from as string))
    .$if(Boolean(filter.to), query => query.where('at', '<', filter.to as string))
}

export async function countAuditEntries(db: Db, filter: AuditFilter): Promise<number> {
  const row = await filtered(db, filter).select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

export function auditEntries(db: Db, filter: AuditFilter, page: { offset: number; limit: number }) {
  return filtered(db, filter)
    .select(['id', 'at', 'actor_id as actorId', 'actor_name as actorName', 'act', 'subject', 'before', 'after'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

/** Everybody who has acted, for the filter. */
export function auditActors(db: Db) {
  return db
    .selectFrom('audit_entries')
    .where('actor_id', 'is not', null)
    .select(['actor_id as id', db.fn.max('actor_name').as('name')])
    .groupBy('actor_id')
    .orderBy('name')
    .execute()
}

export function auditActs(db: Db) {
  return db.selectFrom('audit_entries').select('act').distinct().orderBy('act').execute()
}
