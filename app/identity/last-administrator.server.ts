import { AppError } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { administratorsAfter } from './account-queries.server.ts'

/**
 * Refuses to take the last administrator away.
 * @param personId who is about to lose the role, the account or the job.
 * @param day from when on; administrators known to leave by then do not count as remaining.
 * @throws AppError conflict.
 */
export async function demandAnotherAdministrator(tx: Db, personId: string, day: string): Promise<void> {
  const isAdministrator = (await administratorsAfter(tx, '')).some(one => one.personId === personId)
  if (!isAdministrator) return
  const others = (await administratorsAfter(tx, day)).filter(one => one.personId !== personId)
  if (others.length === 0)
    throw new AppError('conflict', 'This is the last administrator. Make somebody else an administrator first.')
}
