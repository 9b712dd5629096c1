/** What is said about a postmortem, in a line each, for its page. */
import type { Db } from '#db/index.server.ts'
import { countAttachments } from './attachment-queries.server.ts'
import { countComments } from './comment-queries.server.ts'
import { latestSummary } from './executive-summary-queries.server.ts'
import { statesOf } from './read-review.server.ts'
import type { PostmortemRecord } from './record.ts'
import { meetingOf, reviewersOf } from './review-queries.server.ts'
import { reviewInWords } from './review-state.ts'

export interface Discussion {
  comments: number
  attachments: number
  /** What reviewers said; null when nobody was asked. */
  review: string | null
  meetingAt: string | null
  hasSummary: boolean
}

export async function discussionOf(db: Db, postmortemId: string, record: PostmortemRecord): Promise<Discussion> {
  const [comments, attachments, reviewers, meeting, summary] = await Promise.all([
    countComments(db, postmortemId),
    countAttachments(db, postmortemId),
    reviewersOf(db, postmortemId),
    meetingOf(db, postmortemId),
    latestSummary(db, postmortemId),
  ])
  return {
    comments,
    attachments,
    review: reviewInWords(statesOf(reviewers, record)),
    meetingAt: meeting?.starts_at ?? null,
    hasSummary: summary !== undefined,
  }
}
