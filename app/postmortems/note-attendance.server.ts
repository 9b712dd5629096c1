/** After the meeting over a postmortem: who came, how many spoke, and whether it was worth it. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { visibleRow } from './read-postmortem.server.ts'
import { addExpected, addRating, attendanceOf, meetingOf, saveAttendance } from './review-queries.server.ts'
import { lockRoom } from './save-records.server.ts'
import { mayHoldMeeting } from './set-review-meeting.server.ts'

interface Context {
  db: Db
  actor: Actor
}

const MOST = 200

/**
 * Notes who came, and how many of them spoke: never who.
 * @param input.others addresses of those who came without being expected.
 * @throws AppError not-found for those who do not hold the meeting; invalid when more spoke than came.
 */
export async function noteAttendance(
  { db, actor }: Context,
  slug: string,
  input: { present: string[]; others: string[]; speakers: string },
): Promise<void> {
  await inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayHoldMeeting(tx, actor, row))) throw notFound()
    if (!(await meetingOf(tx, row.id))) throw invalidField('at', 'Set the time of the meeting first.')
    const wanted = [...new Set(input.others.map(address => address.trim().toLowerCase()).filter(Boolean))]
    if (wanted.length > MOST) throw invalidField('others', `At most ${MOST} people.`)
    const others = await peopleByEmails(tx, wanted)
    const unknown = wanted.filter(address => !others.has(address))
    if (unknown.length) throw invalidField('others', `Nobody has the address ${unknown.slice(0, 5).join(', ')}.`)
    const added = [...others.values()].map(person => person.id)
    await addExpected(tx, row.id, added)
    const ticked = new Set([...input.present, ...added])
    const present = (await attendanceOf(tx, row.id)).map(one => one.person_id).filter(id => ticked.has(id))
    await saveAttendance(tx, row.id, { present, speakers: speakersOf(input.speakers, present.length) })
  })
}

function speakersOf(text: string, present: number): number | null {
  if (!text.trim()) return null
  const speakers = Number(text)
  if (!Number.isInteger(speakers) || speakers < 0) throw invalidField('speakers', 'Write a whole number.')
  if (speakers > present) throw invalidField('speakers', `Only ${present} came: not more of them can have spoken.`)
  return speakers
}

/**
 * One's own rating of the meeting, once, added to the sums: nobody can read it again.
 * @throws AppError not-found for those who were not there; conflict when they have rated it.
 */
export async function rateMeeting(
  { db, actor }: Context,
  slug: string,
  input: { worth: string; learnt: string },
): Promise<void> {
  await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    const own = (await attendanceOf(tx, row.id)).find(one => one.person_id === actor.personId)
    if (!own || own.attended === 0) throw notFound('This meeting')
    const [worth, learnt] = [ratingOf('worth', input.worth), ratingOf('learnt', input.learnt)]
    if (!(await addRating(tx, { postmortemId: row.id, personId: actor.personId, worth, learnt })))
      throw new AppError('conflict', 'You have rated this meeting. Thank you.')
  })
}

function ratingOf(field: string, text: string): number {
  if (!/^[1-5]$/.test(text)) throw invalidField(field, 'Choose from 1 to 5.')
  return Number(text)
}
