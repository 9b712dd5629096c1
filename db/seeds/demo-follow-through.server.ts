/** What became of the demo's action items: their history, what they took, a few that hang on an incident alone. */
import type { Actor } from '#app/identity/actor.ts'
import { listFamilies, readFamily, repeatsToReview } from '#app/incidents/family-view.server.ts'
import { reviewRepeat } from '#app/incidents/review-repeat.server.ts'
import { daysBetween } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Changed } from '#app/postmortems/action-change.ts'
import { insertActionEvents, putActionDetails } from '#app/postmortems/action-history-queries.server.ts'
import { createActionItem } from '#app/postmortems/create-action-item.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'

const DAY_MS = 86_400_000

const WHY_LATER = [
  'The release before the holidays was frozen; it goes out with the first one after.',
  'The vendor’s part comes two weeks later than they said.',
  'The first try held in the test hall and not under load. A second one is being measured.',
  'The people who know this service were on call for the move of the database.',
]

/** Tenths of a day, taken in turn; null where nobody wrote it down. */
const EFFORTS = [5, 10, 20, null, 15, 30, null, 5, 45, 10, null, 25]

/** Days that an item has to have for a part of them to be a postponement. */
const SHORTEST = 21

const ON_INCIDENTS = [
  {
    incident: 'INC-161',
    title: 'Health checks carry a header that the limit for robots lets through',
    kind: 'prevent',
    owner: 'member@demo.candor.test',
    age: 10,
    due: -2,
  },
  {
    incident: 'INC-159',
    title: 'A delivery mail without a day is held back and reported',
    kind: 'detect',
    owner: 'member@demo.candor.test',
    age: 16,
    due: 9,
  },
  {
    incident: 'INC-154',
    title: 'An article that is not found five minutes after it was added pages Discovery',
    kind: 'detect',
    owner: 'editor@demo.candor.test',
    age: 40,
    due: 20,
  },
  { incident: 'INC-151', title: 'Improve monitoring of name resolution', kind: null, owner: null, age: 55, due: null },
] as const

/** Runs after incidents and postmortems. */
export async function seedFollowThrough({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<void> {
  await writeHistory(db, isoNow(clock))
  const as = async (email: string): Promise<Actor> => {
    const person = await db
      .selectFrom('people')
      .select(['id', 'name', 'email'])
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    return { ...actor, personId: person.id, name: person.name, email: person.email }
  }
  const editor = await as('editor@demo.candor.test')
  const today = Math.floor(clock.now() / DAY_MS) * DAY_MS
  const day = (offset: number) => new Date(today + offset * DAY_MS).toISOString().slice(0, 10)
  for (const { age, due, ...item } of ON_INCIDENTS) {
    const then = { now: () => today - age * DAY_MS + 10 * 3_600_000 }
    const author = item.owner === null ? editor : await as(item.owner)
    await createActionItem({ db, clock: then, actor: author }, { ...item, dueOn: due === null ? null : day(due) })
  }
  // The latest two wait, so that the front page has something to ask for.
  const waiting = new Set((await repeatsToReview({ db, clock })).slice(0, 2).map(repeat => repeat.key))
  const families = await Promise.all((await listFamilies(db)).map(family => readFamily(db, family)))
  const repeats = families.flatMap(({ members }) => members.filter(member => member.repeat && member.resolvedAt))
  for (const { key, resolvedAt } of repeats.filter(member => !waiting.has(member.key)))
    await reviewRepeat(
      { db, clock: { now: () => Date.parse(resolvedAt!) + 12 * DAY_MS }, actor: editor },
      {
        key,
        note: 'The promise that was late last time has an owner in the platform group and a place in the quarter’s plan.',
      },
    )
}

/** Straight into the history: the states themselves came with the postmortems. */
async function writeHistory(db: Db, now: string): Promise<void> {
  const items = await db
    .selectFrom('action_items')
    .innerJoin('people', 'people.id', 'action_items.owner_id')
    .selectAll('action_items')
    .select('people.name as owner')
    .orderBy('action_items.created_on')
    .orderBy('action_items.title')
    .execute()
  const events: Parameters<typeof insertActionEvents>[1] = []
  await inTransaction(db, async tx => {
    for (const [index, item] of items.entries()) {
      if (!item.created_on) continue
      const last = item.closed_on ?? item.due_on ?? item.created_on
      const note = (on: string, changed: Changed, why: string | null = null, decidedBy: string | null = null) =>
        events.push({
          id: newId(),
          action_id: item.id,
          at: `${on}T${String(8 + (index % 9)).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}:00.000Z`,
          person_id: item.owner_id,
          actor_name: item.owner,
          change: JSON.stringify(changed),
          why,
          decided_by: decidedBy,
        })
      if (item.state !== 'open') note(between(item.created_on, last, 0.3), { state: ['open', 'in progress'] })
      if (item.due_on && index % 5 === 0 && daysBetween(item.created_on, item.due_on) >= SHORTEST) {
        const earlier = between(item.created_on, item.due_on, 0.7)
        note(
          between(item.created_on, earlier, 0.9),
          { dueOn: [earlier, item.due_on] },
          WHY_LATER[(index / 5) % WHY_LATER.length],
        )
      }
      const effort = EFFORTS[index % EFFORTS.length] ?? null
      if (item.state === 'done' && item.closed_on) {
        const taken: Changed = effort === null ? {} : { effortDays: [null, effort / 10] }
        note(item.closed_on, { state: ['in progress', 'done'], ...taken })
        if (effort !== null)
          await putActionDetails(tx, {
            action_id: item.id,
            effort_tenths: effort,
            tracker_url: null,
            tracker_state: null,
            tracker_seen_on: null,
          })
      }
      if (item.state === 'dropped' && item.closed_on)
        note(
          item.closed_on,
          { state: ['in progress', 'dropped'] },
          item.drop_reason,
          'the owning team, in its planning',
        )
    }
    // What an item is in the middle of began yesterday at the latest.
    const yesterday = new Date(Date.parse(now) - DAY_MS).toISOString()
    await insertActionEvents(
      tx,
      events.map(event => (event.at < now ? event : { ...event, at: yesterday })),
    )
  })
}

/** A day that lies a part of the way between two. */
function between(from: string, to: string, part: number): string {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  return new Date(start + Math.max(0, end - start) * part).toISOString().slice(0, 10)
}
