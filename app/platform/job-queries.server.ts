/** The jobs that were begun: a row is claimed by whoever writes it first. */
import type { Db } from '#db/index.server.ts'

/** Oftener than this nothing is tried. */
const MOST_ATTEMPTS = 5

/**
 * Takes a job and time slot for this process, or takes over one that failed or was abandoned and may be tried again.
 * @returns how often it was tried, this time included; null when it is somebody else's, or done.
 */
export async function claimJob(
  db: Db,
  id: string,
  { now, abandonedAt }: { now: string; abandonedAt: string },
): Promise<number | null> {
  const made = await db
    .insertInto('jobs')
    .values({
      id,
      state: 'running',
      attempts: 1,
      started_at: now,
      finished_at: null,
      retry_at: abandonedAt,
      error: null,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (Number(made.numInsertedOrUpdatedRows ?? 0) === 1) return 1
  const row = await db
    .selectFrom('jobs')
    .select(['state', 'attempts', 'retry_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.state === 'done' || row.attempts >= MOST_ATTEMPTS || (row.retry_at ?? '') > now) return null
  const taken = await db
    .updateTable('jobs')
    .set({ state: 'running', attempts: row.attempts + 1, started_at: now, retry_at: abandonedAt })
    .where('id', '=', id)
    .where('state', '=', row.state)
    .where('attempts', '=', row.attempts)
    .executeTakeFirst()
  return Number(taken.numUpdatedRows) === 1 ? row.attempts + 1 : null
}

export async function endJob(
  db: Db,
  id: string,
  end: { state: 'done' | 'failed'; finished_at: string; retry_at: string | null; error: string | null },
): Promise<void> {
  await db.updateTable('jobs').set(end).where('id', '=', id).execute()
}

export async function deleteJobsBefore(db: Db, day: string): Promise<void> {
  await db.deleteFrom('jobs').where('started_at', '<', day).execute()
}
