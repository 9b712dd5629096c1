/** Whether those who came to a forum were asked about it. */
import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from '#db/index.server.ts'

export type FeedbackRow = Selectable<Tables['forum_feedback']>

export function feedbackOf(db: Db, forumId: string): Promise<FeedbackRow | undefined> {
  return db.selectFrom('forum_feedback').selectAll().where('forum_id', '=', forumId).executeTakeFirst()
}

/** Closed since, and not decided yet; the first to close first. */
export async function undecidedForums(db: Db, closedFrom: string): Promise<string[]> {
  const rows = await db
    .selectFrom('forums')
    .leftJoin('forum_feedback', 'forum_feedback.forum_id', 'forums.id')
    .select('forums.id')
    .where('forums.closed_at', '>=', closedFrom)
    .where('forum_feedback.forum_id', 'is', null)
    .orderBy('forums.closed_at')
    .execute()
  return rows.map(row => row.id)
}

/** Once; what was decided stays. */
export async function insertFeedback(db: Db, row: Insertable<Tables['forum_feedback']>): Promise<void> {
  await db
    .insertInto('forum_feedback')
    .values(row)
    .onConflict(conflict => conflict.column('forum_id').doNothing())
    .execute()
}
