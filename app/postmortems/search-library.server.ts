/** The library's search: search ranks and filters, this room gives it the texts and what themes call the same. */
import { type ReadPaste, readPaste } from '#app/search/read-paste.server.ts'
import { type SearchResult, search } from '#app/search/search.server.ts'
import type { SynonymGroup } from '#app/search/synonyms.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { loadTexts } from './index-postmortems.server.ts'
import type { LibraryQuery } from './library-query.ts'
import { LIBRARY_PAGE } from './page-sizes.ts'

/** What stands in the address beside what decides the hits. */
type Asked = Omit<LibraryQuery, 'picked' | 'exact'>

export interface LibraryResult extends SearchResult {
  /** What a pasted text was read as, and searched for by; null for a query. */
  paste: ReadPaste | null
}

export async function searchLibrary(
  db: Db,
  query: Asked,
  limit = LIBRARY_PAGE,
  offset = (query.page - 1) * limit,
): Promise<LibraryResult> {
  const { q, theme, severity, service, from, to, sort } = query
  const paste = await readPaste(db, q)
  const found = await search(
    db,
    { q: paste ? paste.used.join(' ') : q, theme, severity, service, from, to, sort, offset, limit },
    await searchOptions(db, q),
  )
  return { ...found, paste }
}

/** What a text was read as, in words. */
export const PASTED = {
  'stack trace': 'a stack trace',
  alert: 'an alert',
  log: 'lines of a log',
  text: 'a pasted text',
} as const satisfies Record<ReadPaste['kind'], string>

/** What every search of the library is given. */
export async function searchOptions(db: Db, q: string) {
  return { texts: (ids: string[]) => loadTexts(db, ids), synonyms: q.trim() ? await themeSynonyms(db) : [] }
}

/** What a theme is called by; every word of its list means the theme. */
async function themeSynonyms(db: Db): Promise<SynonymGroup[]> {
  return (await listThemes(db)).filter(theme => theme.synonyms.length > 0).map(theme => [theme.name, ...theme.synonyms])
}
