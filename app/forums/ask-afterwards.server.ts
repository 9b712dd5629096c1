/** Asks those who came to a closed forum how it was: anonymously, in a wave of their own, or says why not. */
import { terminalActor } from '#app/identity/auth.server.ts'
import { daysOffOf, readSettings } from '#app/identity/settings.server.ts'
import { dayAt } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import type { Job } from '#app/platform/jobs.server.ts'
import { askThoseWhoCame } from '#app/surveys/planning/ask-those-who-came.server.ts'
import { questionnaireFor } from '#app/surveys/questionnaires/get-questionnaire.server.ts'
import { LEAST_INVITED } from '#app/surveys/wave.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { ROOM_LOCK } from './change-forum.server.ts'
import { feedbackDates, QUESTIONS, tooFew, whyRefused } from './feedback.ts'
import { feedbackOf, insertFeedback, undecidedForums } from './feedback-queries.server.ts'
import { type ForumRow, forumById } from './forum-queries.server.ts'
import { attendersOf } from './people-queries.server.ts'

/** The site: waves keep their keys in its folder, under its own address. */
interface Place {
  db: Db
  clock: Clock
  dataDir: string
  origin: string | null
}

/** What was longer ago is not remembered well enough to be asked about. */
const FRESH_MS = 3 * 86_400_000

export function feedbackJobs(place: Place): Job[] {
  return [
    {
      name: 'forum-feedback',
      slotAt: now => undecidedForums(place.db, new Date(now - FRESH_MS).toISOString()),
      run: ({ slot }) => askAfterwards(place, slot),
    },
  ]
}

/** Decides once for each forum, and keeps the reason where nobody is asked: no rule gives way to a wish to know. */
export async function askAfterwards(place: Place, forumId: string): Promise<void> {
  const { db, clock } = place
  try {
    await inTransaction(db, tx => decide(tx, place, forumId))
  } catch (error) {
    if (!(error instanceof AppError) || error.refusal !== 'invalid') throw error
    const whyNot = whyRefused(error.errors.map(one => one.path))
    await insertFeedback(db, { forum_id: forumId, wave_id: null, why_not: whyNot, decided_at: isoNow(clock) })
  }
}

async function decide(tx: Tx, place: Place, forumId: string): Promise<void> {
  await lockFor(tx, ROOM_LOCK)
  const forum = await forumById(tx, forumId)
  if (forum?.state !== 'closed' || (await feedbackOf(tx, forumId))) return
  const [attended, { disclosureThreshold }] = await Promise.all([attendersOf(tx, [forumId]), readSettings(tx)])
  const whyNot = tooFew(attended.length, Math.max(LEAST_INVITED, disclosureThreshold))
  const wave = whyNot === null ? await ask(tx, place, { forum, attended, k: disclosureThreshold }) : null
  await insertFeedback(tx, { forum_id: forumId, wave_id: wave, why_not: whyNot, decided_at: isoNow(place.clock) })
}

async function ask(
  tx: Tx,
  place: Place,
  { forum, attended, k }: { forum: ForumRow; attended: string[]; k: number },
): Promise<string> {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: forum.time_zone })
  const questionnaire = await questionnaireFor(tx, QUESTIONS)
  const wave = await askThoseWhoCame(
    { ...place, db: tx, actor: { ...terminalActor(), name: 'Candor' } },
    {
      title: `After ${forum.title.slice(0, 90)}, ${day.format(Date.parse(forum.starts_at))}`,
      questionnaire: QUESTIONS,
      languages: [...(questionnaire?.languages ?? [])],
      ...feedbackDates(dayAt(place.clock.now(), forum.time_zone), forum.time_zone, await daysOffOf(tx)),
      k,
    },
    attended,
  )
  return wave.id
}
