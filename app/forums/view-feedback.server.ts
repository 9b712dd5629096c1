/** What a forum's page says of the questions after it. Never who was asked, only whom: everybody who attended. */
import type { Clock } from '#app/platform/clock.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import type { WaveState } from '#app/surveys/wave.ts'
import type { Db } from '#db/index.server.ts'
import { feedbackOf } from './feedback-queries.server.ts'

export type FeedbackView =
  | { whyNot: string; wave: null }
  | { whyNot: null; wave: { id: string; state: WaveState; answeringFrom: string; closesAt: string } }

/** Null until it is decided, which is soon after closing. */
export async function viewFeedback(
  { db, clock }: { db: Db; clock: Clock },
  forumId: string,
): Promise<FeedbackView | null> {
  const row = await feedbackOf(db, forumId)
  if (!row) return null
  if (row.why_not !== null) return { whyNot: row.why_not, wave: null }
  const wave = row.wave_id === null ? null : await findWave(db, row.wave_id, clock)
  if (!wave) return null
  const { id, state, answeringFrom, closesAt } = wave
  return { whyNot: null, wave: { id, state, answeringFrom, closesAt } }
}
