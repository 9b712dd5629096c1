/** The library's search: search ranks and filters, this room gives it the texts. */
import { search } from '#app/search/search.server.ts'
import type { Db } from '#db/index.server.ts'
import { loadTexts } from './index-postmortems.server.ts'
import { LIBRARY_PAGE } from './page-sizes.ts'

export interface LibraryQuery {
  q: string
  theme: string | null
  severity: string | null
  service: string | null
  /** YYYY, YYYY-MM or YYYY-MM-DD; included. */
  from: string | null
  /** The same forms; excluded. */
  to: string | null
  sort: 'best' | 'newest'
  page: number
}

/** Reads the library's address; whatever cannot be read has its default. */
export function libraryQuery(url: URL): LibraryQuery {
  const one = (name: string) => url.searchParams.get(name)?.trim().slice(0, 200) || null
  const page = Number(url.searchParams.get('page'))
  return {
    q: (url.searchParams.get('q') ?? '').replaceAll('\0', '').slice(0, 20_000),
    theme: one('theme'),
    severity: one('severity'),
    service: one('service'),
    from: one('from'),
    to: one('to'),
    sort: url.searchParams.get('sort') === 'newest' ? 'newest' : 'best',
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
  }
}

/** The address of a library query, without what is default. */
export function libraryAddress(query: Partial<LibraryQuery>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value && !(key === 'page' && value === 1) && !(key === 'sort' && value === 'best'))
      parameters.set(key, String(value))
  const rest = parameters.toString()
  return rest ? `/library?${rest}` : '/library'
}

export function searchLibrary(db: Db, query: LibraryQuery, limit = LIBRARY_PAGE, offset = (query.page - 1) * limit) {
  const { q, theme, severity, service, from, to, sort } = query
  return search(
    db,
    { q, theme, severity, service, from, to, sort, offset, limit },
    { texts: ids => loadTexts(db, ids) },
  )
}
