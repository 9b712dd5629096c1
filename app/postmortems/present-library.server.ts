/** The library's page: hits with what was done to find them, facets, and the addresses of every next step. */
import { type Actor, can } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'
import { explainHits } from './explain-hits.server.ts'
import { type FoundInLibrary, findInLibrary } from './find-in-library.server.ts'
import { type LibraryQuery, LONGEST_IN_ADDRESS, libraryAddress } from './library-query.ts'
import { minutesToRead } from './record-of.server.ts'
import { savedSearches } from './saved-searches.server.ts'
import { PASTED } from './search-library.server.ts'

export interface ReadAs {
  /** 'a stack trace'. */
  what: string
  /** What may be searched for, whether it is, and the address where it is the other way round. */
  terms: { text: string; isUsed: boolean; to: string }[]
}

export async function presentLibrary(
  { db, actor }: { db: Db; actor: Actor },
  query: LibraryQuery,
  { explains = false }: { explains?: boolean } = {},
) {
  const [found, saved] = await Promise.all([findInLibrary({ db, actor }, query), savedSearches(db, actor)])
  const base = onwards(query, found)
  const mayExplain = can(actor, 'edit the library') && query.q.trim() !== '' && query.sort === 'best'
  const reasons =
    explains && mayExplain
      ? await explainHits(
          db,
          { ...query, q: found.asked },
          found.hits.map(hit => hit.subjectId),
        )
      : null
  return {
    query,
    total: found.total,
    notices: found.notices,
    alsoSearched: found.expandedWith.map(({ said, with: others }) => ({ said, others: others.slice(0, 4).join(', ') })),
    readAs: readAsOf(found, base),
    meant: meantOf(found, base),
    relaxed: found.relaxed,
    nearby: found.nearby,
    hits: found.hits.map(({ subjectId, ...hit }) => ({
      ...hit,
      minutes: minutesToRead(hit.words),
      why: reasons?.get(subjectId) ?? null,
    })),
    facets: facetsOf(found, base),
    sorts: { best: libraryAddress({ ...base, sort: 'best' }), newest: libraryAddress({ ...base, sort: 'newest' }) },
    feed: libraryAddress({ ...base, sort: 'newest' }).replace('/library', '/library.atom'),
    clear: libraryAddress({ q: base.q, picked: base.picked, sort: query.sort }),
    explain: mayExplain ? { isShown: explains, to: explainAddress({ ...base, page: query.page }, !explains) } : null,
    saved,
    mayImport: can(actor, 'import postmortems and incidents'),
  }
}

function explainAddress(query: LibraryQuery, explains: boolean): string {
  return libraryAddress(query) + (explains ? '&explain=1' : '')
}

/** The query that every link goes on from: of a pasted text its terms, so that no address is too long. */
function onwards({ exact: _, ...query }: LibraryQuery, { paste }: FoundInLibrary): LibraryQuery {
  if (!paste) return { ...query, q: query.q.slice(0, LONGEST_IN_ADDRESS), page: 1 }
  return { ...query, q: paste.used.join(' '), picked: [...paste.used, ...paste.others], page: 1 }
}

/** The terms of a pasted text: just now, or as its address remembers them. */
function readAsOf({ paste }: FoundInLibrary, base: LibraryQuery): ReadAs | null {
  const { q, picked = [] } = base
  if (picked.length === 0) return null
  const used = q.split(/\s+/).filter(Boolean)
  const terms = picked.map(text => {
    const isUsed = used.includes(text)
    const others = isUsed ? used.filter(other => other !== text) : [...used, text]
    return { text, isUsed, to: libraryAddress({ ...base, q: others.join(' ') }) }
  })
  return { what: PASTED[paste?.kind ?? 'text'], terms }
}

/** What was probably meant: offered, or searched for already because nothing else was found. */
function meantOf({ didYouMean, correctedTo }: FoundInLibrary, base: LibraryQuery) {
  const words = correctedTo ?? didYouMean
  if (!words) return null
  return {
    words,
    isApplied: correctedTo !== null,
    to: libraryAddress({ ...base, q: words }),
    /** Back to what was typed, and nothing else. */
    exactly: libraryAddress({ ...base, exact: true }),
  }
}

function facetsOf({ facets }: FoundInLibrary, base: LibraryQuery) {
  const listed = [
    { key: 'theme' as const, title: 'Theme', values: facets.theme },
    { key: 'severity' as const, title: 'Severity', values: facets.severity },
    { key: 'service' as const, title: 'Service', values: facets.service },
  ].map(({ key, title, values }) => ({
    title,
    values: values.map(value => ({
      ...value,
      active: base[key] === value.value,
      to: libraryAddress({ ...base, [key]: base[key] === value.value ? null : value.value }),
    })),
  }))
  const years = facets.year.map(value => {
    const active = base.from === value.value && base.to === String(Number(value.value) + 1)
    const range = active ? { from: null, to: null } : { from: value.value, to: String(Number(value.value) + 1) }
    return { ...value, active, to: libraryAddress({ ...base, ...range }) }
  })
  return [...listed, { title: 'When', values: years }]
}
