/** Who hears by mail of a comment. Nobody is told of what they may not read. */
import { readersByMail } from '#app/identity/readers-by-mail.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import type { Db } from '#db/index.server.ts'
import { commentMail, type Reason } from './comment-mails.ts'
import type { CommentRow } from './comment-queries.server.ts'
import { authorIdsOf } from './discussion-queries.server.ts'
import type { PostmortemRow } from './postmortem-queries.server.ts'
import { maySee } from './read-postmortem.server.ts'

export interface Notifier {
  db: Db
  clock: Clock
  mailer: Mailer
  log: Log
  /** What links begin with; null where there is none to trust. */
  origin: string | null
}

/** Work that a page does not wait for: what goes wrong is logged. */
export function behindThePage(log: Log, work: Promise<void>): Promise<void> {
  return work.catch(error => log.error({ err: error }, 'mails could not be sent'))
}

/** Mails about a new comment, or about people whom an edit mentions for the first time. */
export async function tellOfComment(
  { db, clock, mailer, log, origin }: Notifier,
  {
    row,
    comment,
    mentioned,
    answered,
    isNew,
  }: { row: PostmortemRow; comment: CommentRow; mentioned: string[]; answered: string | null; isNew: boolean },
): Promise<void> {
  const reasons = new Map<string, Reason>()
  if (isNew) for (const id of await authorIdsOf(db, row.id)) reasons.set(id, 'author')
  if (isNew && answered) reasons.set(answered, 'answered')
  for (const id of mentioned) reasons.set(id, 'mentioned')
  reasons.delete(comment.person_id ?? '')
  const link = origin && `${origin}/library/${row.slug}/comments#comment-${comment.id}`
  const said = { title: row.title, writer: comment.writer_name, text: comment.text, quote: comment.quote, link }
  for (const recipient of await readersByMail({ db, clock }, [...reasons.keys()], 'comments')) {
    if (!(await maySee(db, recipient, row))) continue
    try {
      await mailer.send(commentMail(recipient, reasons.get(recipient.personId)!, said))
    } catch (error) {
      log.error({ err: error, person: recipient.personId }, 'a mail about a comment could not be sent')
    }
  }
}
