/** What the demo's people say about postmortems: comments, reviews with a meeting, an executive summary. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { createLog } from '#app/platform/log.server.ts'
import { slugify } from '#app/platform/slug.ts'
import { wallTime } from '#app/platform/wall-time.ts'
import { decideReview } from '#app/postmortems/decide-review.server.ts'
import { saveSummary, summaryToEdit } from '#app/postmortems/executive-summary.server.ts'
import { inviteReviewers } from '#app/postmortems/invite-reviewers.server.ts'
import { noteAttendance, rateMeeting } from '#app/postmortems/note-attendance.server.ts'
import { setReviewMeeting } from '#app/postmortems/set-review-meeting.server.ts'
import { addComment } from '#app/postmortems/write-comment.server.ts'
import type { Db } from '#db/index.server.ts'

const DAY_MS = 86_400_000

const RETRY_STORM = slugify("Checkout stalled when a retry storm drained the order database's connections")
const WRAPAROUND = slugify('The inventory database stopped accepting writes to avoid transaction ID wraparound')
const SILENCE = slugify('A silence for node maintenance also silenced payments for two days')

interface Said {
  on: string
  by: string
  /** Days before today. */
  ago: number
  text: string
  passage?: string
  answers?: { by: string; ago: number; text: string }[]
}

const COMMENTS: Said[] = [
  {
    on: RETRY_STORM,
    by: 'kwame.boateng',
    ago: 60,
    passage: 'every attempt kept its connection for the full thirty seconds of its time-out',
    text: 'Is thirty seconds a decision that somebody took, or what the driver came with?',
    answers: [
      {
        by: 'stefan.brandl',
        ago: 60,
        text: 'The driver’s. It stands in none of our files, which is why nobody read it.',
      },
      { by: 'kwame.boateng', ago: 59, text: 'Then I look for it in `payments` too.' },
    ],
  },
  {
    on: RETRY_STORM,
    by: 'helena.vaas',
    ago: 58,
    passage: 'we listed the places where it had happened and not the places where it could',
    text: 'This sentence should open our next review. @Lucia Ferrante, would you show the list that you made since?',
    answers: [
      { by: 'lucia.ferrante', ago: 57, text: 'With pleasure. It has eleven pools, and two without any limit.' },
    ],
  },
  {
    on: WRAPAROUND,
    by: 'adaeze.nwosu',
    ago: 58,
    passage: 'On inventory this had not been possible for 44 days',
    text: 'What would have told us on the second day, and what on the fortieth?',
    answers: [{ by: 'felix.obermeier', ago: 58, text: 'Age of the oldest slot, which we now page on after a day.' }],
  },
  {
    on: SILENCE,
    by: 'adaeze.nwosu',
    ago: 1,
    passage: 'the preview beside it shows the conditions as typed, not as sent',
    text: 'Could the preview ask the server how many alerts match? `214` next to a maintenance of twelve nodes would have said it all.',
  },
  {
    on: SILENCE,
    by: 'stefan.brandl',
    ago: 1,
    passage: 'Outside waits 72 hours before it complains',
    text: 'It was set before a long weekend in spring and never set back. Worth a line in the timeline.',
  },
]

const MEETING_PEOPLE = ['helena.vaas', 'kwame.boateng', 'priya.raman', 'elodie.marchand', 'facilitator']
const RATINGS = ['5', '4', '4', '3', '5', '4']

/** Adds what is said about the demo's postmortems. */
export async function seedDiscussion({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<void> {
  const as = await actors(db, actor)
  const at = (days: number): Clock => ({ now: () => clock.now() + days * DAY_MS })
  const context = (by: string, days: number) => ({
    db,
    clock: at(days),
    actor: as(by),
    // Nobody gets a mail about what never happened.
    mailer: { folder: null, send: async () => undefined },
    log: createLog('silent'),
    origin: null,
  })
  for (const { on, by, ago, text, passage, answers = [] } of COMMENTS) {
    const { id, sent } = await addComment(context(by, -ago), on, { text, passage })
    await sent
    for (const answer of answers)
      await (await addComment(context(answer.by, -answer.ago), on, { text: answer.text, parent: id })).sent
  }

  const invited = await inviteReviewers(context('theo.papadakis', -2), SILENCE, [
    emailOf('stefan.brandl'),
    emailOf('adaeze.nwosu'),
    emailOf('member'),
  ])
  await invited.sent
  await decideReview(context('stefan.brandl', -1), SILENCE, { verdict: 'approved', sentence: 'Clear and fair.' })
  await decideReview(context('adaeze.nwosu', -1), SILENCE, {
    verdict: 'changes',
    sentence: 'The heartbeat is the heart of it: make it a factor, not an open question.',
  })
  const noon = (days: number) => `${wallTime(actor.timeZone, at(days).now()).slice(0, 10)}T13:00`
  const meeting = { at: noon(2), place: 'Room Lantern', people: [] }
  await (await setReviewMeeting(context('theo.papadakis', -1), SILENCE, meeting)).sent

  const held = context('editor', -55)
  const people = MEETING_PEOPLE.map(emailOf)
  await (await setReviewMeeting(held, RETRY_STORM, { at: noon(-56), place: 'Room Harbour', people })).sent
  const present = [...MEETING_PEOPLE, 'lucia.ferrante']
  await noteAttendance(held, RETRY_STORM, {
    present: present.map(name => as(name).personId),
    others: [],
    speakers: '6',
  })
  for (const [index, name] of present.entries())
    await rateMeeting(context(name, -55), RETRY_STORM, {
      worth: RATINGS[index % RATINGS.length] as string,
      learnt: RATINGS[(index + 2) % RATINGS.length] as string,
    })

  for (const slug of [RETRY_STORM, WRAPAROUND]) {
    const { happened, learnt, changes } = await summaryToEdit(context('editor', -55), slug)
    await saveSummary(context('editor', -55), slug, { happened, learnt, changes, expected: 0 })
  }
}

function emailOf(name: string): string {
  return `${name}@demo.candor.test`
}

/** The demo's people as those who act. */
async function actors(db: Db, actor: Actor): Promise<(name: string) => Actor> {
  const names = [
    ...COMMENTS.flatMap(({ by, answers = [] }) => [by, ...answers.map(answer => answer.by)]),
    ...MEETING_PEOPLE,
  ]
  const people = await peopleByEmails(db, [...names, 'theo.papadakis', 'editor'].map(emailOf))
  return name => {
    const person = people.get(emailOf(name))
    if (!person) throw new Error(`The demo has nobody called ${name}.`)
    return { ...actor, personId: person.id, name: person.name, email: person.email }
  }
}
