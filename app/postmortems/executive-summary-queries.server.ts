/** Versions of a one-page summary, and who got which by mail. */
import type { Selectable } from 'kysely'
import { type Db, insertRows, type Tx } from '#db/index.server.ts'
import type { PostmortemsTables } from '#db/tables/postmortems.ts'

export type SummaryRow = Selectable<PostmortemsTables['executive_summaries']>
export type SummaryMailRow = Selectable<PostmortemsTables['summary_mails']>

export function latestSummary(db: Db, postmortemId: string): Promise<SummaryRow | undefined> {
  return db
    .selectFrom('executive_summaries')
    .selectAll()
    .where('postmortem_id', '=', postmortemId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function summaryVersion(db: Db, postmortemId: string, number: number): Promise<SummaryRow | undefined> {
  return db
    .selectFrom('executive_summaries')
    .selectAll()
    .where('postmortem_id', '=', postmortemId)
    .where('number', '=', number)
    .executeTakeFirst()
}

/** Newest first. */
export function summaryVersions(db: Db, postmortemId: string) {
  return db
    .selectFrom('executive_summaries')
    .select(['number', 'at', 'actor_name'])
    .where('postmortem_id', '=', postmortemId)
    .orderBy('number', 'desc')
    .limit(100)
    .execute()
}

export async function insertSummary(db: Db, row: SummaryRow): Promise<void> {
  await db.insertInto('executive_summaries').values(row).execute()
}

export async function insertSummaryMails(tx: Tx, rows: SummaryMailRow[]): Promise<void> {
  await insertRows(tx, 'summary_mails', rows)
}

/** Newest first. */
export function summaryMails(db: Db, postmortemId: string): Promise<SummaryMailRow[]> {
  return db
    .selectFrom('summary_mails')
    .selectAll()
    .where('postmortem_id', '=', postmortemId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}
