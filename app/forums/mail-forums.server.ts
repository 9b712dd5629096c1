/** Mails about forums: invitations for calendars, what to read before, the record, proposals to confirm. Each once. */
import type { Actor } from '#app/identity/actor.ts'
import { mailRecipients, type Recipient } from '#app/identity/mail-recipients.server.ts'
import { everybodyHere } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { daysBetween } from '#app/measure/period.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import type { Turn } from '#app/platform/jobs.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Mailer } from '#app/platform/mail.server.ts'
import { clockInWords } from '#app/platform/wall-time.ts'
import type { Db } from '#db/index.server.ts'
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

export interface Office {
  db: Db
  clock: Clock
  mailer: Mailer
  log: Log
  /** The address that links begin with; without one no mail is sent. */
  origin: string | null
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MOST = 50

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
  await sendEach(office, turn, to, async one => {
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
  await sendEach(office, turn, guests, one =>
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
  await sendEach(office, turn, (await recipients(office, [...ids])).values(), one =>
    office.mailer.send(recordMail(one, { ...facts, record: text })),
  )
}

/** Reminds whoever facilitated of proposals that nobody has confirmed. @throws Error when some could not be sent. */
export async function mailConfirmations(office: Office, turn: Turn): Promise<void> {
  const waiting = (await waitingByForum(office.db)).filter(one => isRemindedOn(turn.slot, one.confirmBy))
  const people = await recipients(
    office,
    waiting.flatMap(one => one.facilitatorId ?? []),
  )
  for (const one of waiting) {
    const to = people.get(one.facilitatorId ?? '')
    if (!to) continue
    await sendEach(
      office,
      { ...turn, once: (key, work) => turn.once(`${one.forumId}:${key}`, work) },
      [to],
      async recipient => {
        await office.mailer.send(
          confirmMail(recipient, {
            title: one.title,
            link: `${office.origin}/forums/${one.forumId}`,
            origin: office.origin!,
            waiting: one.waiting,
            confirmBy: one.confirmBy,
            isLate: turn.slot > one.confirmBy,
          }),
        )
      },
    )
  }
}

/** Three days and one day before, on the day, and every week for four weeks after. */
export function isRemindedOn(today: string, confirmBy: string): boolean {
  const left = daysBetween(today, confirmBy)
  return [3, 1, 0, -7, -14, -21, -28].includes(left)
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

/** One mail to each, each once. @throws Error with the count when some could not be sent. */
async function sendEach(
  { log }: Office,
  turn: Turn,
  people: Iterable<Recipient>,
  send: (to: Recipient) => Promise<void>,
): Promise<void> {
  let failed = 0
  for (const one of people)
    try {
      await turn.once(one.id, () => send(one))
    } catch (error) {
      failed++
      log.warn({ err: error, job: turn.slot }, 'a mail about a forum could not be sent')
    }
  if (failed > 0) throw new Error(`${failed} mails could not be sent`)
}
