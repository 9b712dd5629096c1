/** Reviewers, the meeting over a postmortem, who came to it, and the sums of what they thought of it. */
import type { Selectable } from 'kysely'
import { type Db, insertRows, type Tx } from '#db/index.server.ts'
import type { PostmortemsTables } from '#db/tables/postmortems.ts'

export type ReviewerRow = Selectable<PostmortemsTables['reviewers']>
export type MeetingRow = Selectable<PostmortemsTables['review_meetings']>
export type AttendanceRow = Selectable<PostmortemsTables['review_attendance']>

export function reviewersOf(db: Db, postmortemId: string): Promise<ReviewerRow[]> {
  return db
    .selectFrom('reviewers')
    .selectAll()
    .where('postmortem_id', '=', postmortemId)
    .orderBy('invited_at')
    .orderBy('person_id')
    .execute()
}

/** Those who are reviewers or named readers already stay what they are. */
export async function addReviewers(tx: Tx, rows: ReviewerRow[]): Promise<void> {
  const keep = { on: ['postmortem_id', 'person_id'], update: [] }
  await insertRows(tx, 'reviewers', rows, keep)
  const readers = rows.map(({ postmortem_id, person_id }) => ({ postmortem_id, person_id }))
  await insertRows(tx, 'postmortem_readers', readers, keep)
}

/** They are no reader any more either. @returns whether they were a reviewer. */
export async function removeReviewer(db: Db, postmortemId: string, personId: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('reviewers')
    .where('postmortem_id', '=', postmortemId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (Number(gone.numDeletedRows) === 0) return false
  await db
    .deleteFrom('postmortem_readers')
    .where('postmortem_id', '=', postmortemId)
    .where('person_id', '=', personId)
    .execute()
  return true
}

export async function saveVerdict(
  db: Db,
  { postmortem_id, person_id, ...verdict }: Omit<ReviewerRow, 'invited_by' | 'invited_at'>,
): Promise<void> {
  await db
    .updateTable('reviewers')
    .set(verdict)
    .where('postmortem_id', '=', postmortem_id)
    .where('person_id', '=', person_id)
    .execute()
}

/** What waits for a reviewer's word: unpublished, still shown to them, oldest invitation first. */
export function reviewsWaiting(db: Db, personId: string) {
  return db
    .selectFrom('reviewers')
    .innerJoin('postmortems', 'postmortems.id', 'reviewers.postmortem_id')
    .innerJoin('postmortem_readers', join =>
      join
        .onRef('postmortem_readers.postmortem_id', '=', 'reviewers.postmortem_id')
        .onRef('postmortem_readers.person_id', '=', 'reviewers.person_id'),
    )
    .where('reviewers.person_id', '=', personId)
    .where('reviewers.verdict', 'is', null)
    .where('postmortems.status', '<>', 'published')
    .where('postmortems.archived_at', 'is', null)
    .select(['postmortems.slug', 'postmortems.title', 'reviewers.invited_at', 'reviewers.invited_by'])
    .orderBy('reviewers.invited_at')
    .limit(20)
    .execute()
}

export function meetingOf(db: Db, postmortemId: string): Promise<MeetingRow | undefined> {
  return db.selectFrom('review_meetings').selectAll().where('postmortem_id', '=', postmortemId).executeTakeFirst()
}

/** Sets or moves the meeting; what was rated stays. */
export async function saveMeeting(
  tx: Tx,
  row: Pick<MeetingRow, 'postmortem_id' | 'starts_at' | 'place' | 'set_by' | 'set_at'>,
): Promise<void> {
  await insertRows(tx, 'review_meetings', [{ ...row, speakers: null, ratings: 0, worth_sum: 0, learnt_sum: 0 }], {
    on: ['postmortem_id'],
    update: ['starts_at', 'place', 'set_by', 'set_at'],
  })
}

export function attendanceOf(db: Db, postmortemId: string): Promise<AttendanceRow[]> {
  return db.selectFrom('review_attendance').selectAll().where('postmortem_id', '=', postmortemId).execute()
}

export async function addExpected(tx: Tx, postmortemId: string, personIds: string[]): Promise<void> {
  await insertRows(
    tx,
    'review_attendance',
    personIds.map(person_id => ({ postmortem_id: postmortemId, person_id, attended: 0, has_rated: 0 })),
    { on: ['postmortem_id', 'person_id'], update: [] },
  )
}

export async function saveAttendance(
  db: Db,
  postmortemId: string,
  { present, speakers }: { present: string[]; speakers: number | null },
): Promise<void> {
  const rows = db.updateTable('review_attendance').where('postmortem_id', '=', postmortemId)
  await rows.set({ attended: 0 }).execute()
  if (present.length) await rows.set({ attended: 1 }).where('person_id', 'in', present).execute()
  await db.updateTable('review_meetings').set({ speakers }).where('postmortem_id', '=', postmortemId).execute()
}

/** Adds somebody's rating to the sums, once. @returns false when they had rated before, or were not there. */
export async function addRating(
  tx: Tx,
  { postmortemId, personId, worth, learnt }: { postmortemId: string; personId: string; worth: number; learnt: number },
): Promise<boolean> {
  const claimed = await tx
    .updateTable('review_attendance')
    .set({ has_rated: 1 })
    .where('postmortem_id', '=', postmortemId)
    .where('person_id', '=', personId)
    .where('attended', '=', 1)
    .where('has_rated', '=', 0)
    .executeTakeFirst()
  if (Number(claimed.numUpdatedRows) === 0) return false
  await tx
    .updateTable('review_meetings')
    .set(({ eb }) => ({
      ratings: eb('ratings', '+', 1),
      worth_sum: eb('worth_sum', '+', worth),
      learnt_sum: eb('learnt_sum', '+', learnt),
    }))
    .where('postmortem_id', '=', postmortemId)
    .execute()
  return true
}
