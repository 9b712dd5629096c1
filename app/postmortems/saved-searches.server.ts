import type { Actor } from '#app/identity/actor.ts'
import { listSavedSearches } from '#app/search/saved-searches.server.ts'
import type { Db } from '#db/index.server.ts'

/** A person's saved searches with the library's address of each. */
export async function savedSearches(db: Db, actor: Actor): Promise<{ id: string; name: string; to: string }[]> {
  return (await listSavedSearches(db, actor)).map(({ id, name, query }) => ({ id, name, to: `/library?${query}` }))
}
