/** Where somebody may be heading while they type: what they may read, and their own saved searches. */
import type { Actor } from '#app/identity/actor.ts'
import { isBegun, suggest } from '#app/search/suggest.server.ts'
import type { Db } from '#db/index.server.ts'
import { libraryAddress } from './library-query.ts'
import { savedSearches } from './saved-searches.server.ts'

export interface Suggestion {
  kind: 'postmortem' | 'theme' | 'service' | 'saved search'
  label: string
  to: string
}

const MOST_SAVED = 2

export async function suggestWhileTyping(
  { db, actor }: { db: Db; actor: Actor },
  typed: string,
): Promise<Suggestion[]> {
  const { documents, themes, services } = await suggest(db, typed)
  const saved = (await savedSearches(db, actor)).filter(({ name }) => isBegun(typed, name)).slice(0, MOST_SAVED)
  return [
    ...saved.map(({ name, to }) => ({ kind: 'saved search' as const, label: name, to })),
    ...themes.map(({ value, label }) => ({ kind: 'theme' as const, label, to: libraryAddress({ theme: value }) })),
    ...services.map(({ value, label }) => ({
      kind: 'service' as const,
      label,
      to: libraryAddress({ service: value }),
    })),
    ...documents.map(({ slug, title }) => ({ kind: 'postmortem' as const, label: title, to: `/library/${slug}` })),
  ]
}
