import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails, peopleByIds } from '#app/identity/people.server.ts'
import { readersByMail } from '#app/identity/readers-by-mail.server.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { inTransaction } from '#db/index.server.ts'
import { behindThePage, type Notifier } from './comment-notices.server.ts'
import { authorIdsOf } from './discussion-queries.server.ts'
import { mayChange, maySee, visibleRow } from './read-postmortem.server.ts'
import { invitationToReview } from './review-mails.ts'
import { addReviewers, removeReviewer, reviewersOf } from './review-queries.server.ts'
import { lockRoom } from './save-records.server.ts'

const MOST = 50

/**
 * Asks people for their review; from then on they may read the draft. Those who were asked before are not asked again.
 * @returns `sent`, for tests to wait for.
 * @throws AppError not-found for those who may not change the postmortem; invalid with the addresses nobody has.
 */
export async function inviteReviewers(
  context: Notifier & { actor: Actor },
  slug: string,
  addresses: string[],
): Promise<{ sent: Promise<void> }> {
  const { db, clock, actor } = context
  const wanted = [...new Set(addresses.map(address => address.trim().toLowerCase()).filter(Boolean))]
  if (wanted.length === 0) throw invalidField('reviewers', 'Write an e-mail address.')
  if (wanted.length > MOST) throw invalidField('reviewers', `At most ${MOST} people.`)
  const invited = await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    const people = await peopleByEmails(tx, wanted)
    const unknown = wanted.filter(address => !people.has(address))
    if (unknown.length) throw invalidField('reviewers', `Nobody has the address ${unknown.slice(0, 5).join(', ')}.`)
    const authors = new Set(await authorIdsOf(tx, row.id))
    const writer = [...people.values()].find(person => authors.has(person.id))
    if (writer) throw invalidField('reviewers', `${writer.name} wrote it: ask somebody who did not.`)
    const asked = new Set((await reviewersOf(tx, row.id)).map(one => one.person_id))
    const fresh = [...people.values()].filter(person => !asked.has(person.id))
    await addReviewers(
      tx,
      fresh.map(person => ({
        postmortem_id: row.id,
        person_id: person.id,
        invited_by: actor.name,
        invited_at: isoNow(clock),
        verdict: null,
        sentence: null,
        decided_at: null,
        decided_hash: null,
      })),
    )
    const emails = fresh.map(person => person.email).sort()
    if (emails.length)
      await recordAudit(
        tx,
        { actor, clock },
        { act: 'postmortem.reviewers-invited', subject: row.title, after: { reviewers: emails } },
      )
    return { row, ids: fresh.map(person => person.id).filter(id => id !== actor.personId) }
  })
  return { sent: behindThePage(context.log, tell(context, invited)) }
}

async function tell(
  { db, clock, actor, mailer, log, origin }: Notifier & { actor: Actor },
  { row, ids }: { row: Awaited<ReturnType<typeof visibleRow>>; ids: string[] },
): Promise<void> {
  const words = { title: row.title, inviter: actor.name, link: origin && `${origin}/library/${row.slug}/review` }
  for (const recipient of await readersByMail({ db, clock }, ids, 'reviews'))
    try {
      if (await maySee(db, recipient, row)) await mailer.send(invitationToReview(recipient, words))
    } catch (error) {
      log.error({ err: error, person: recipient.personId }, 'an invitation to review could not be sent')
    }
}

/** Takes an invitation back, and with it what the reviewer said; they may not read the draft any more. */
export async function withdrawInvitation(
  { db, clock, actor }: Pick<Notifier, 'db' | 'clock'> & { actor: Actor },
  slug: string,
  personId: string,
): Promise<void> {
  await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    const person = (await peopleByIds(tx, [personId])).get(personId)
    if (!person || !(await removeReviewer(tx, row.id, personId))) throw notFound('This reviewer')
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'postmortem.reviewer-withdrawn', subject: row.title, before: { reviewer: person.email } },
    )
  })
}
