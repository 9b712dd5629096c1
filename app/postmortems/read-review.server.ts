/** The review of a postmortem as its page shows it. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { sha256 } from '#app/platform/ids.server.ts'
import { wallTime } from '#app/platform/wall-time.ts'
import type { Db } from '#db/index.server.ts'
import { mayChange, recordsByIds, visibleRow } from './read-postmortem.server.ts'
import type { PostmortemRecord } from './record.ts'
import { attendanceOf, meetingOf, type ReviewerRow, reviewersOf } from './review-queries.server.ts'
import { type ReviewerState, reviewedText, reviewInWords, usefulness, type Verdict } from './review-state.ts'
import { mayHoldMeeting } from './set-review-meeting.server.ts'

/** @throws AppError not-found for those who may not read the postmortem. */
export async function readReview({ db, actor }: { db: Db; actor: Actor }, slug: string) {
  const row = await visibleRow({ db, actor }, slug)
  const [reviewers, meeting, attendance, records, mayInvite, mayHold, { timeZone }] = await Promise.all([
    reviewersOf(db, row.id),
    meetingOf(db, row.id),
    attendanceOf(db, row.id),
    recordsByIds(db, [row.id]),
    mayChange(db, actor, row),
    mayHoldMeeting(db, actor, row),
    readSettings(db),
  ])
  const people = await peopleByIds(db, [...new Set([...reviewers, ...attendance].map(one => one.person_id))])
  const name = (id: string) => people.get(id)?.name ?? ''
  const states = statesOf(reviewers, records.get(row.id)!)
  const own = attendance.find(one => one.person_id === actor.personId)
  return {
    slug: row.slug,
    title: row.title,
    status: row.status,
    words: reviewInWords(states),
    reviewers: reviewers.map((one, index) => ({
      personId: one.person_id,
      name: name(one.person_id),
      isMine: one.person_id === actor.personId,
      invitedBy: one.invited_by,
      invitedAt: one.invited_at,
      verdict: states[index]?.verdict ?? null,
      sentence: one.sentence,
      decidedAt: one.decided_at,
      hasChangedSince: one.verdict !== null && !states[index]?.isOfThisText,
    })),
    mayInvite,
    mayHold,
    timeZone,
    meeting: meeting
      ? {
          startsAt: meeting.starts_at,
          wall: wallTime(timeZone, Date.parse(meeting.starts_at)),
          place: meeting.place,
          setBy: meeting.set_by,
          speakers: meeting.speakers,
          ratings: meeting.ratings,
          usefulness: usefulness(meeting.ratings, meeting.worth_sum, meeting.learnt_sum),
          expected: attendance
            .map(one => ({ personId: one.person_id, name: name(one.person_id), attended: one.attended === 1 }))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
          mayRate: own !== undefined && own.attended === 1 && own.has_rated === 0,
          hasRated: own?.has_rated === 1,
        }
      : null,
  }
}

/** What reviewers said of this record, in their order. */
export function statesOf(reviewers: ReviewerRow[], record: PostmortemRecord): ReviewerState[] {
  const now = reviewers.some(one => one.decided_hash !== null) ? sha256(reviewedText(record)) : ''
  return reviewers.map(one => ({ verdict: one.verdict as Verdict | null, isOfThisText: one.decided_hash === now }))
}
