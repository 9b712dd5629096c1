/** A calendar that follows the forums, at an address that only its owner knows. */

import { type Actor, demand } from '#app/identity/actor.ts'
import { peopleHere } from '#app/identity/mail-recipients.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import { newSecret, sha256 } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'
import { appointmentOf } from './appointment.ts'
import { type CalendarForum, feedFile } from './calendar.server.ts'
import { type ForumRow, forumsBetween } from './forum-queries.server.ts'
import { guestsOf } from './guests.server.ts'
import { linesOf } from './list-forums.server.ts'
import { feedBySecret, feedOf, putFeed, removeFeed } from './people-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

const STATES = ['scheduled', 'ready', 'live', 'closed', 'cancelled']
const BACK_MS = 92 * 86_400_000
const AHEAD_MS = 366 * 86_400_000

/** Makes a new secret; the one before opens nothing any more. @returns it, to be shown once. */
export async function renewFeed({ db, clock, actor }: Context): Promise<string> {
  demand(actor, 'take part in forums')
  const secret = newSecret()
  await putFeed(db, actor.personId, sha256(secret), isoNow(clock))
  return secret
}

export async function revokeFeed({ db, actor }: Context): Promise<void> {
  demand(actor, 'take part in forums')
  await removeFeed(db, actor.personId)
}

/** Since when there is one; null when there is none. */
export async function feedSince({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<string | null> {
  return (await feedOf(db, actor.personId))?.createdAt ?? null
}

/** The feed that a secret opens: of the forums to which its owner is invited. @throws AppError not-found, also when its owner is no longer here. */
export async function readFeed(
  { db, clock }: { db: Db; clock: Clock },
  { secret, origin }: { secret: string; origin: string },
): Promise<string> {
  const today = dayIn('UTC', clock.now())
  const personId = /^[\w-]{43}$/.test(secret) ? await feedBySecret(db, sha256(secret)) : null
  const here = personId === null ? null : await peopleHere(db, [personId], today)
  if (!personId || !here?.has(personId)) throw notFound('This calendar')
  const at = (offset: number) => new Date(clock.now() + offset).toISOString()
  const [rows, { organisationName }] = await Promise.all([
    forumsBetween(db, STATES, at(-BACK_MS), at(AHEAD_MS)),
    readSettings(db),
  ])
  const guests = await guestsOf(db, rows, today)
  const own = rows.filter(row => guests.get(row.id)?.has(personId) ?? true)
  return feedFile(await calendarForums(db, own), { origin, name: `Forums, ${organisationName}` })
}

/** What calendar entries are made of; two queries. */
export async function calendarForums(db: Db, rows: readonly ForumRow[]): Promise<CalendarForum[]> {
  const lines = await linesOf(db, rows)
  return rows.map((row, i) => ({
    ...appointmentOf(row),
    sequence: row.sequence,
    updatedAt: row.updated_at,
    facilitator: lines[i]?.facilitator ?? null,
  }))
}
