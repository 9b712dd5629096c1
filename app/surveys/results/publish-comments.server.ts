import type { Clock } from '#app/platform/clock.ts'
import { type Db, inTransaction, lockFor, scrubTables } from '#db/index.server.ts'
import { deleteComments } from '../closing/bulletin-queries.server.ts'
import { shuffled } from '../closing/shuffled.server.ts'
import { type Wave, waveFrom } from '../get-wave.server.ts'
import { itemsOf } from '../questionnaires/questionnaire.ts'
import { STEWARD_DAYS } from '../wave.ts'
import { waveLock, waveRow } from '../wave-queries.server.ts'
import { withComments } from './release-comments.ts'
import { commentsOf, putComments, wavesWithoutComments } from './results-queries.server.ts'

const DAY_MS = 86_400_000

/** Whether a closed wave's comments wait for nobody any more: it names no stewards, or they have had their days. */
export function areCommentsDue({ charter, closedAt }: Pick<Wave, 'charter' | 'closedAt'>, clock: Clock): boolean {
  if (closedAt === null) return false
  return charter?.stewards.length === 0 || clock.now() >= stewardsUntil(closedAt)
}

/** When a wave's stewards have had their days, in milliseconds. */
export function stewardsUntil(closedAt: string): number {
  return Date.parse(closedAt) + STEWARD_DAYS * DAY_MS
}

/**
 * Puts the comments into the release of a closed wave, as its stewards left them, and erases those that may not be
 * published, down to the files. Once only; called again it changes nothing.
 * @returns whether it did so now.
 */
export async function publishComments({ db, clock }: { db: Db; clock: Clock }, waveId: string): Promise<boolean> {
  const isDone = await inTransaction(db, async tx => {
    await lockFor(tx, waveLock(waveId))
    const row = await waveRow(tx, waveId, clock)
    const { release, questionnaire, commentsAt } = row ? waveFrom(row) : {}
    if (!row || !release || !questionnaire || commentsAt !== null) return false
    const whole = withComments(release, questionnaire, await commentsOf(tx, waveId), shuffled)
    if (!(await putComments(tx, waveId, JSON.stringify(whole), row.now))) return false
    const published = new Set(whole.comments.map(({ item }) => item))
    const others = itemsOf(questionnaire).filter(({ id }) => !published.has(id))
    await deleteComments(
      tx,
      waveId,
      others.map(({ id }) => id),
    )
    return true
  })
  if (isDone) await scrubTables(db, ['wave_comments'])
  return isDone
}

/** Publishes the comments of every wave whose stewards have had their days. @returns of how many waves. */
export async function publishDueComments({ db, clock }: { db: Db; clock: Clock }): Promise<number> {
  const due = await wavesWithoutComments(db, new Date(clock.now() - STEWARD_DAYS * DAY_MS).toISOString())
  let published = 0
  for (const id of due) if (await publishComments({ db, clock }, id)) published++
  return published
}
