import { type Actor, can } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { readersByMail } from '#app/identity/readers-by-mail.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { momentOfWall } from '#app/platform/wall-time.ts'
import { type Db, inTransaction, type Tx } from '#db/index.server.ts'
import { behindThePage, type Notifier } from './comment-notices.server.ts'
import { authorIdsOf } from './discussion-queries.server.ts'
import type { PostmortemRow } from './postmortem-queries.server.ts'
import { isAuthor, maySee, recordsByIds, visibleRow } from './read-postmortem.server.ts'
import { meetingMail } from './review-mails.ts'
import { addExpected, reviewersOf, saveMeeting } from './review-queries.server.ts'
import { lockRoom } from './save-records.server.ts'

/** Editors and authors hold the meeting, also once it is published. */
export async function mayHoldMeeting(db: Db, actor: Actor, row: PostmortemRow): Promise<boolean> {
  return can(actor, 'edit the library') || (await isAuthor(db, actor, row.id))
}

const LONGEST_PLACE = 300
const MOST = 100

/**
 * Sets or moves the meeting over a postmortem, and sends the document to reviewers, authors and those named, if the
 * meeting is still to come.
 * @param input.at a wall time of the organisation's zone, `2026-03-04T13:05`.
 * @throws AppError invalid when somebody named may not read it yet.
 */
export async function setReviewMeeting(
  context: Notifier & { actor: Actor },
  slug: string,
  input: { at: string; place: string; people: string[] },
): Promise<{ sent: Promise<void> }> {
  const { db, clock, actor } = context
  const { timeZone } = await readSettings(db)
  const place = cleanText(input.place).text.replace(/\s+/g, ' ').trim()
  const set = await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayHoldMeeting(tx, actor, row))) throw notFound()
    const moment = momentOfWall(timeZone, input.at)
    if (moment === null || moment < 0 || moment > Date.UTC(2200, 0))
      throw invalidField('at', 'Write a day and a time, such as 2026-03-04 13:05.')
    if (place.length > LONGEST_PLACE) throw invalidField('place', `At most ${LONGEST_PLACE} characters.`)
    const named = await namedPeople(tx, context, row, input.people)
    const reviewers = (await reviewersOf(tx, row.id)).map(one => one.person_id)
    const expected = [...new Set([...reviewers, ...(await authorIdsOf(tx, row.id)), ...named])]
    await saveMeeting(tx, {
      postmortem_id: row.id,
      starts_at: new Date(moment).toISOString(),
      place,
      set_by: actor.name,
      set_at: isoNow(clock),
    })
    await addExpected(tx, row.id, expected)
    return { row, moment, expected }
  })
  const isToCome = set.moment > clock.now()
  if (!isToCome) return { sent: Promise.resolve() }
  return { sent: behindThePage(context.log, circulate(context, { ...set, place, timeZone })) }
}

/** People by their addresses, each of whom may read the postmortem. */
async function namedPeople(tx: Tx, { clock }: Notifier, row: PostmortemRow, addresses: string[]): Promise<string[]> {
  const wanted = [...new Set(addresses.map(address => address.trim().toLowerCase()).filter(Boolean))]
  if (wanted.length > MOST) throw invalidField('people', `At most ${MOST} people.`)
  const people = await peopleByEmails(tx, wanted)
  const unknown = wanted.filter(address => !people.has(address))
  if (unknown.length) throw invalidField('people', `Nobody has the address ${unknown.slice(0, 5).join(', ')}.`)
  const ids = [...people.values()].map(person => person.id)
  const readers = new Map((await readersByMail({ db: tx, clock }, ids, null)).map(one => [one.personId, one]))
  for (const person of people.values()) {
    const reader = readers.get(person.id)
    if (!reader || !(await maySee(tx, reader, row)))
      throw invalidField('people', `${person.name} may not read it yet: invite them as a reviewer first.`)
  }
  return ids
}

async function circulate(
  { db, clock, mailer, log, origin }: Notifier,
  set: { row: PostmortemRow; moment: number; expected: string[]; place: string; timeZone: string },
): Promise<void> {
  const record = (await recordsByIds(db, [set.row.id])).get(set.row.id)!
  const when = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: set.timeZone,
  }).format(set.moment)
  const words = {
    record,
    when: `${when} (${set.timeZone})`,
    place: set.place,
    link: origin && `${origin}/library/${set.row.slug}/review`,
  }
  for (const recipient of await readersByMail({ db, clock }, set.expected, 'reviews'))
    try {
      if (await maySee(db, recipient, set.row)) await mailer.send(meetingMail(recipient, words))
    } catch (error) {
      log.error({ err: error, person: recipient.personId }, 'the document of a review meeting could not be sent')
    }
}
