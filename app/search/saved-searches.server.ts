/** A person's saved searches: a name and the library's query string. Nobody else sees them. */
import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'
import { deleteSavedSearch, insertSavedSearch, savedSearchesOf } from './saved-search-queries.server.ts'

const MOST = 50

export function listSavedSearches(db: Db, actor: Actor): Promise<{ id: string; name: string; query: string }[]> {
  return savedSearchesOf(db, actor.accountId)
}

/** @throws AppError invalid when the name is missing or too long; conflict at the limit. */
export async function saveSearch(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { name, query }: { name: string; query: string },
): Promise<void> {
  const trimmed = name.trim()
  if (!trimmed) throw invalidField('name', 'Give the search a name.')
  if (trimmed.length > 120) throw invalidField('name', 'A name has at most 120 characters.')
  const own = await savedSearchesOf(db, actor.accountId)
  if (own.some(one => one.query === query)) return
  if (own.length >= MOST) throw new AppError('conflict', `You have ${MOST} saved searches. Remove one first.`)
  await insertSavedSearch(db, {
    id: newId(),
    account_id: actor.accountId,
    name: trimmed,
    query: query.slice(0, 4_000),
    created_at: isoNow(clock),
  })
}

/** @throws AppError not-found when it is not one of this person's. */
export async function removeSavedSearch({ db, actor }: { db: Db; actor: Actor }, id: string): Promise<void> {
  if (!(await deleteSavedSearch(db, actor.accountId, id))) throw notFound('This saved search')
}
