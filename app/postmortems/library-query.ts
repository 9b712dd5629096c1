/** What the library's address says. */

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
  /** The terms that a pasted text offered, of which `q` has some. */
  picked?: string[]
  /** Nothing else than what was typed is searched for. */
  exact?: true
}

const LONGEST_QUERY = 20_000
/** Longer texts do not go into an address: proxies and browsers cut it. */
export const LONGEST_IN_ADDRESS = 1_500
const MOST_PICKED = 40

/** Reads the library's address; whatever cannot be read has its default. */
export function libraryQuery(url: URL): LibraryQuery {
  const one = (name: string) => url.searchParams.get(name)?.trim().slice(0, 200) || null
  const page = Number(url.searchParams.get('page'))
  const picked = (url.searchParams.get('picked') ?? '')
    .replaceAll('\0', '')
    .slice(0, 4_000)
    .split(/\s+/)
    .filter(Boolean)
  return {
    q: (url.searchParams.get('q') ?? '').replaceAll('\0', '').slice(0, LONGEST_QUERY),
    theme: one('theme'),
    severity: one('severity'),
    service: one('service'),
    from: one('from'),
    to: one('to'),
    sort: url.searchParams.get('sort') === 'newest' ? 'newest' : 'best',
    page: Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1,
    ...(picked.length > 0 ? { picked: [...new Set(picked)].slice(0, MOST_PICKED) } : {}),
    ...(url.searchParams.get('exact') === '1' ? { exact: true as const } : {}),
  }
}

/** The address of a library query, without what is default. */
export function libraryAddress(query: Partial<LibraryQuery>): string {
  const { picked, exact, ...plain } = query
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(plain))
    if (value && !(key === 'page' && value === 1) && !(key === 'sort' && value === 'best'))
      parameters.set(key, String(value))
  if (picked?.length) parameters.set('picked', picked.join(' '))
  if (exact) parameters.set('exact', '1')
  const rest = parameters.toString()
  return rest ? `/library?${rest}` : '/library'
}
