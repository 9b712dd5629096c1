/** The library page's search: when nothing is found it goes on looking, and says so. */
import type { Actor } from '#app/identity/actor.ts'
import { slotContent } from '#app/platform/slots.ts'
import { parseQuery } from '#app/search/query-language.ts'
import { relaxedForms } from '#app/search/relaxed.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import type { LibraryQuery } from './library-query.ts'
import { nearestThemes } from './nearest-themes.ts'
import './postmortem-slots.ts'
import type { GuideMention } from './postmortem-slots.ts'
import { type LibraryResult, searchLibrary } from './search-library.server.ts'

export interface FoundInLibrary extends LibraryResult {
  /** What was searched for in the end. */
  asked: string
  /** What was searched for instead of what was typed, of which nothing was found. */
  correctedTo: string | null
  /** What was given up to find anything, in a sentence. */
  relaxed: string | null
  /** Where to look when nothing was found at all. */
  nearby: { themes: { slug: string; name: string }[]; guides: GuideMention[] } | null
}

/** Finds what was typed; if that is nothing, what was probably meant; then less of it; then what is nearest. */
export async function findInLibrary(
  { db, actor }: { db: Db; actor: Actor },
  query: LibraryQuery,
): Promise<FoundInLibrary> {
  const asTyped = await searchLibrary(db, query)
  const asked = asTyped.paste ? asTyped.paste.used.join(' ') : query.q
  const nothingElse = { asked, correctedTo: null, relaxed: null, nearby: null }
  if (asTyped.total > 0 || !query.q.trim()) return { ...asTyped, ...nothingElse }

  const meant = query.exact ? null : asTyped.didYouMean
  if (meant) {
    const corrected = await searchLibrary(db, { ...query, q: meant })
    if (corrected.total > 0) return { ...corrected, ...nothingElse, asked: meant, correctedTo: meant }
  }
  if (!query.exact && !asTyped.paste)
    for (const { q, why } of relaxedForms(parseQuery(query.q))) {
      const less = await searchLibrary(db, { ...query, q })
      if (less.total > 0) return { ...less, ...nothingElse, asked: q, relaxed: why }
    }
  return { ...asTyped, ...nothingElse, nearby: await nearbyOf({ db, actor }, meant ?? query.q) }
}

async function nearbyOf({ db, actor }: { db: Db; actor: Actor }, words: string): Promise<FoundInLibrary['nearby']> {
  const themes = nearestThemes(words, await listThemes(db))
  const guides = (await slotContent('postmortems.guides')?.({ db, actor }, words)) ?? []
  return { themes: themes.map(({ slug, name }) => ({ slug, name })), guides }
}
