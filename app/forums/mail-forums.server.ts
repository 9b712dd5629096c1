/** Mails about forums: invitations for calendars, what to read before, the record, proposals to confirm. Each once. */
import type { Actor } from '#app/identity/actor.ts'
import { mailRecipients, type Recipient } from '#app/identity/mail-recipients.server.ts'
import { everybodyHere } from '#app/identity/people.server.ts'
import { daysOffOf, readSettings } from '#app/identity/settings.server.ts'
import { dayIn, isoNow } from '#app/platform/clock.ts'
import type { Turn } from '#app/platform/jobs.server.ts'
import { type Office, sendEach } from '#app/platform/office.server.ts'
import { clockInWords } from '#app/platform/wall-time.ts'
import { itemsOf } from './agenda-queries.server.ts'
import { invitationFile } from './calendar.server.ts'
import { calendarForums } from './feed.server.ts'
import { confirmMail, invitationMail, preReadMail, recordMail } from './forum-mails.ts'
import {
  type ForumRow,
  forumById,
  forumsBetween,
  forumsClosedBetween,
  uninvitedForums,
  updateForum,
} from './forum-queries.server.ts'
import { removeInvitation } from './guest-queries.server.ts'
import { guestsOf } from './guests.server.ts'
import { attendersOf, invitationsOf, putInvitation } from './people-queries.server.ts'
import { recordMarkdown } from './record-markdown.ts'
import { waitingByForum } from './record-queries.server.ts'
import { viewForum } from './view-forum.server.ts'
import { viewRecord } from './view-record.server.ts'
import { isRemindedOn } from './working-days.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MOST = 50
/** As the log calls one. */
const MAIL = 'a mail about a forum'

/** A reader of whom nothing is known: what they may see, everybody may. */
const ANYBODY: Actor = {
  accountId: '',
  personId: '',
  name: '',
  email: '',
  role: 'member',
  timeZone: 'UTC',
  via: 'terminal',
}

/** Forums to come whose entry has not been mailed as it is now: forum and sequence. */
export async function uninvited({ db, clock }: Office): Promise<string[]> {
  return (await uninvitedForums(db, isoNow(clock), MOST)).map(forum => `${forum.id}:${forum.sequence}`)
}

/** Sends each guest the entry, and whoever had it and is none any more its cancellation. @throws Error when some could not be sent. */
export async function mailInvitations(office: Office, turn: Turn): Promise<void> {
  const { db, clock, origin } = office
  const [id, sequence] = turn.slot.split(':') as [string, string]
  const forum = await forumById(db, id)
  if (!forum || forum.sequence !== Number(sequence)) return
  const isOff = forum.state === 'cancelled'
  const [sent, wanting, { organisationName }, isGuest] = await Promise.all([
    invitationsOf(db, id),
    recipients(office),
    readSettings(db),
    guestTest(office, forum),
  ])
  const [entry] = await calendarForums(db, [forum])
  const isOut = (one: Recipient) => isOff || !isGuest(one.id)
  const to = [...wanting.values()].filter(one =>
    isOut(one) ? sent.has(one.id) : (sent.get(one.id) ?? -1) < forum.sequence,
  )
  const organiser = entry!.facilitator ?? { name: organisationName, email: `forums@${new URL(origin!).hostname}` }
  await sendEach(office, turn, to, MAIL, async one => {
    const text = invitationMail(one, about(office, forum), {
      isChange: sent.has(one.id),
      isOut: isOut(one),
      reason: isOff ? (forum.cancelled_reason ?? '') : null,
    })
    const own = isOut(one) ? { ...entry!, state: 'cancelled' } : entry!
    await office.mailer.send({ ...text, calendar: invitationFile(own, { origin: origin!, organiser, to: one }) })
    if (isOut(one) && !isOff) await removeInvitation(db, id, one.id)
    else await putInvitation(db, { forumId: id, personId: one.id, sequence: forum.sequence, at: isoNow(clock) })
  })
  await updateForum(db, id, { invited_sequence: forum.sequence })
}

/** Forums of the next 24 hours that have something to read. */
export async function toReadBefore({ db, clock }: Office): Promise<string[]> {
  const until = new Date(clock.now() + DAY_MS).toISOString()
  const forums = await forumsBetween(db, ['scheduled', 'ready'], isoNow(clock), until)
  const items = await itemsOf(
    db,
    forums.map(forum => forum.id),
  )
  return forums.map(forum => forum.id).filter(id => items.some(item => item.forum_id === id))
}

/** @throws Error when some could not be sent. */
export async function mailPreReads(office: Office, turn: Turn): Promise<void> {
  const { db, origin } = office
  const forum = await forumById(db, turn.slot)
  if (!forum) return
  const view = await viewForum({ db, actor: ANYBODY }, forum.id)
  const items = view.items.map(({ title, postmortem }) => ({
    title,
    readingMinutes: postmortem?.readingMinutes ?? null,
    link: postmortem ? `${origin}/library/${postmortem.slug}` : null,
  }))
  const [wanting, isGuest] = await Promise.all([recipients(office), guestTest(office, forum)])
  const guests = [...wanting.values()].filter(one => isGuest(one.id))
  await sendEach(office, turn, guests, MAIL, one =>
    office.mailer.send(preReadMail(one, { ...about(office, forum), items, readingMinutes: view.readingMinutes })),
  )
}

/** Forums closed in the last two days, whose records are mailed once. */
export async function lately({ db, clock }: Office): Promise<string[]> {
  const from = new Date(clock.now() - 2 * DAY_MS).toISOString()
  return (await forumsClosedBetween(db, from, new Date(clock.now() + 1).toISOString())).map(forum => forum.id)
}

/** To those who attended, and to whoever facilitated. @throws Error when some could not be sent. */
export async function mailRecords(office: Office, turn: Turn): Promise<void> {
  const { db } = office
  const forum = await forumById(db, turn.slot)
  if (!forum) return
  const view = await viewForum({ db, actor: ANYBODY }, forum.id)
  const record = await viewRecord(office, view)
  if (!record) return
  const ids = new Set([...(await attendersOf(db, [forum.id])), ...(forum.facilitator_id ? [forum.facilitator_id] : [])])
  const facts = about(office, forum)
  const text = recordMarkdown(view, record, facts.when)
  await sendEach(office, turn, (await recipients(office, [...ids])).values(), MAIL, one =>
    office.mailer.send(recordMail(one, { ...facts, record: text })),
  )
}

/**
 * Reminds whoever facilitated, or helped to where nobody did, of proposals that nobody has confirmed: one mail a day to
 * each, of all their forums. @throws Error when some could not be sent.
 */
export async function mailConfirmations(office: Office, turn: Turn): Promise<void> {
  const [all, daysOff] = await Promise.all([waitingByForum(office.db), daysOffOf(office.db)])
  const waiting = all.filter(one => isRemindedOn(turn.slot, one.confirmBy, daysOff))
  const people = await recipients(
    office,
    waiting.flatMap(one => [one.facilitatorId, one.cofacilitatorId].flatMap(id => id ?? [])),
  )
  const addressee = (one: (typeof waiting)[number]) =>
    people.get(one.facilitatorId ?? '') ?? people.get(one.cofacilitatorId ?? '')
  await sendEach(office, turn, new Set(waiting.flatMap(one => addressee(one) ?? [])), MAIL, async to => {
    const forums = waiting
      .filter(one => addressee(one) === to)
      .map(one => ({
        title: one.title,
        link: `${office.origin}/forums/${one.forumId}`,
        waiting: one.waiting,
        confirmBy: one.confirmBy,
        isLate: turn.slot > one.confirmBy,
      }))
    await office.mailer.send(confirmMail(to, { origin: office.origin!, forums }))
  })
}

function about({ origin }: Office, forum: ForumRow) {
  return {
    title: forum.title,
    when: clockInWords(forum.time_zone, Date.parse(forum.starts_at), { withDay: true }),
    link: `${origin}/forums/${forum.id}`,
    origin: origin!,
  }
}

/** Those who want mails about forums: of these people, else of everybody here. */
async function recipients({ db, clock }: Office, ids?: readonly string[]): Promise<Map<string, Recipient>> {
  const today = dayIn('UTC', clock.now())
  const among = ids ?? (await everybodyHere(db, today)).map(person => person.id)
  return mailRecipients(db, among, 'forum-invitations', today)
}

/** Whether the forum invites somebody. */
async function guestTest({ db, clock }: Office, forum: ForumRow): Promise<(id: string) => boolean> {
  const guests = (await guestsOf(db, [forum], dayIn('UTC', clock.now()))).get(forum.id) ?? null
  return id => guests === null || guests.has(id)
}
