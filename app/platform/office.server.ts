/** What sends mails by itself: what it needs, and how each mail goes out once. */
import type { Db } from '#db/index.server.ts'
import type { Clock } from './clock.ts'
import type { Turn } from './jobs.server.ts'
import type { Log } from './log.server.ts'
import type { Mailer } from './mail.server.ts'

export interface Office {
  db: Db
  clock: Clock
  mailer: Mailer
  log: Log
  /** The address that links begin with; without one no mail is sent. */
  origin: string | null
}

/**
 * One mail to each, each once in this turn, however often the turn is tried; a mail that fails holds up no other.
 * @param what names the mails in the log, such as 'a mail about a forum'.
 * @throws Error with the count when some could not be sent, so that the turn is tried again.
 */
export async function sendEach<T extends { id: string }>(
  { log }: Pick<Office, 'log'>,
  turn: Turn,
  people: Iterable<T>,
  what: string,
  send: (to: T) => Promise<void>,
): Promise<void> {
  let [failed, all] = [0, 0]
  for (const one of people) {
    all++
    try {
      await turn.once(one.id, () => send(one))
    } catch (error) {
      failed++
      log.warn({ err: error, job: turn.slot }, `${what} could not be sent`)
    }
  }
  if (failed > 0) throw new Error(`${failed} of ${all} mails could not be sent`)
}
