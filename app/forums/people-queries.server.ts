/** Who was invited, who has read, who came, and whose calendars follow. */
import type { Db } from '#db/index.server.ts'

/** The sequence of the entry that each person was last sent. */
export async function invitationsOf(db: Db, forumId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('forum_invitations')
    .select(['person_id', 'sequence'])
    .where('forum_id', '=', forumId)
    .execute()
  return new Map(rows.map(row => [row.person_id, row.sequence]))
}

export async function putInvitation(
  db: Db,
  { forumId, personId, sequence, at }: { forumId: string; personId: string; sequence: number; at: string },
): Promise<void> {
  await db
    .insertInto('forum_invitations')
    .values({ forum_id: forumId, person_id: personId, sequence, sent_at: at })
    .onConflict(conflict => conflict.columns(['forum_id', 'person_id']).doUpdateSet({ sequence, sent_at: at }))
    .execute()
}

export async function putRead(db: Db, forumId: string, personId: string): Promise<void> {
  await db
    .insertInto('forum_reads')
    .values({ forum_id: forumId, person_id: personId })
    .onConflict(conflict => conflict.columns(['forum_id', 'person_id']).doNothing())
    .execute()
}

export async function countReads(db: Db, forumId: string): Promise<number> {
  const { n } = await db
    .selectFrom('forum_reads')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('forum_id', '=', forumId)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function hasRead(db: Db, forumId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('forum_reads')
    .select('person_id')
    .where('forum_id', '=', forumId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

export async function putAttendance(
  db: Db,
  forumId: string,
  attended: readonly { personId: string; how: string }[],
): Promise<void> {
  if (attended.length === 0) return
  await db
    .insertInto('forum_attendance')
    .values(attended.map(({ personId, how }) => ({ forum_id: forumId, person_id: personId, how })))
    .onConflict(conflict => conflict.columns(['forum_id', 'person_id']).doNothing())
    .execute()
}

/** Everybody who came to any of these forums, once. */
export async function attendersOf(db: Db, forumIds: readonly string[]): Promise<string[]> {
  if (forumIds.length === 0) return []
  const rows = await db
    .selectFrom('forum_attendance')
    .select('person_id')
    .distinct()
    .where('forum_id', 'in', forumIds)
    .execute()
  return rows.map(row => row.person_id)
}

/** Who came to which of these forums: pairs, to be counted. */
export function attendanceOf(db: Db, forumIds: readonly string[]): Promise<{ forumId: string; personId: string }[]> {
  if (forumIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('forum_attendance')
    .select(['forum_id as forumId', 'person_id as personId'])
    .where('forum_id', 'in', forumIds)
    .execute()
}

/** How many forums this person came to of those that closed in [from, to). */
export async function countAttended(db: Db, personId: string, from: string, to: string): Promise<number> {
  const { n } = await db
    .selectFrom('forum_attendance')
    .innerJoin('forums', 'forums.id', 'forum_attendance.forum_id')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('forum_attendance.person_id', '=', personId)
    .where('forums.closed_at', '>=', from)
    .where('forums.closed_at', '<', to)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function putFeed(db: Db, personId: string, secretHash: string, at: string): Promise<void> {
  await db
    .insertInto('forum_feeds')
    .values({ person_id: personId, secret_hash: secretHash, created_at: at })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet({ secret_hash: secretHash, created_at: at }))
    .execute()
}

export async function removeFeed(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('forum_feeds').where('person_id', '=', personId).execute()
}

export function feedOf(db: Db, personId: string) {
  return db
    .selectFrom('forum_feeds')
    .select('created_at as createdAt')
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** Whose feed a secret opens. */
export async function feedBySecret(db: Db, secretHash: string): Promise<string | null> {
  const row = await db
    .selectFrom('forum_feeds')
    .select('person_id')
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst()
  return row?.person_id ?? null
}
