/** Who is invited to a forum: its series' audience, and whoever has something to do there. */
import { mailRecipients } from '#app/identity/mail-recipients.server.ts'
import { everybodyHere } from '#app/identity/people.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { withTeamsBelow } from '#app/surveys/planning/resolve-invited.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { itemsOf } from './agenda-queries.server.ts'
import { audienceOf } from './audience.ts'
import { ROOM_LOCK } from './change-forum.server.ts'
import { type ForumRow, forumById, forumsBetween, updateForum } from './forum-queries.server.ts'
import { liftInvitations } from './guest-queries.server.ts'
import { invitationsOf } from './people-queries.server.ts'
import { seriesByIds } from './series-queries.server.ts'

/** Nobody has plans for later. */
const AHEAD_MS = 366 * 86_400_000

/** By forum; null where everybody is. A fixed number of queries, one where no series chooses. */
export async function guestsOf(
  db: Db,
  forums: readonly ForumRow[],
  today: string,
): Promise<Map<string, ReadonlySet<string> | null>> {
  const series = await seriesByIds(db, [...new Set(forums.flatMap(forum => forum.series_id ?? []))])
  const audiences = new Map(series.map(row => [row.id, audienceOf(row)]))
  const chosen = forums.filter(forum => audiences.get(forum.series_id ?? ''))
  if (chosen.length === 0) return new Map(forums.map(forum => [forum.id, null]))
  const [teams, here, items] = await Promise.all([
    listTeams(db),
    everybodyHere(db, today),
    itemsOf(
      db,
      chosen.map(forum => forum.id),
    ),
  ])
  return new Map(
    forums.map(forum => {
      const audience = audiences.get(forum.series_id ?? '')
      if (!audience) return [forum.id, null]
      const teamIds = withTeamsBelow(teams, audience.teamIds)
      return [
        forum.id,
        new Set([
          ...here.filter(person => person.teamId !== null && teamIds.has(person.teamId)).map(person => person.id),
          ...audience.personIds,
          ...[forum.facilitator_id, forum.cofacilitator_id, forum.note_taker_id].flatMap(id => id ?? []),
          ...items.filter(item => item.forum_id === forum.id).flatMap(item => item.presenter_id ?? []),
        ]),
      ]
    }),
  )
}

/** People join, leave, change teams, and choose which mails they want: once a day the invited are who they should be. */
export async function fitAllGuests({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  const until = new Date(clock.now() + AHEAD_MS).toISOString()
  for (const { id } of await forumsBetween(db, ['scheduled', 'ready'], isoNow(clock), until))
    await inTransaction(db, async tx => {
      await lockFor(tx, ROOM_LOCK)
      const forum = await forumById(tx, id)
      if (forum) await fitGuests(tx, { clock }, [forum])
    })
}

/**
 * Where somebody is newly invited to a forum, or no longer is, its entry counts up, and those two are mailed; the others
 * keep the entry that they have. What waits to be mailed anyway is left to that. The caller holds the room's lock.
 */
export async function fitGuests(tx: Tx, { clock }: { clock: Clock }, forums: readonly ForumRow[]): Promise<void> {
  const now = isoNow(clock)
  const told = forums.filter(
    forum =>
      (forum.state === 'scheduled' || forum.state === 'ready') &&
      forum.starts_at > now &&
      forum.invited_sequence === forum.sequence,
  )
  if (told.length === 0) return
  const today = dayIn('UTC', clock.now())
  const [guests, everybody] = await Promise.all([guestsOf(tx, told, today), wanting(tx, today)])
  for (const forum of told) {
    const [guestIds, sent] = [guests.get(forum.id) ?? null, await invitationsOf(tx, forum.id)]
    const isGuest = (id: string) => guestIds === null || guestIds.has(id)
    if (everybody.every(id => isGuest(id) === sent.has(id))) continue
    const sequence = { from: forum.sequence, to: forum.sequence + 1 }
    await updateForum(tx, forum.id, { sequence: sequence.to, updated_at: now })
    await liftInvitations(tx, forum.id, [...sent.keys()].filter(isGuest), sequence)
  }
}

async function wanting(db: Db, today: string): Promise<string[]> {
  const here = await everybodyHere(db, today)
  const people = await mailRecipients(
    db,
    here.map(person => person.id),
    'forum-invitations',
    today,
  )
  return [...people.keys()]
}
