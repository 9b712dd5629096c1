/**
 * What every search needs of every document (length, facets), kept in the process and brought up to date by the
 * index's revision, so that several instances see each other's changes at the price of one tiny query per search.
 */
import type { Db } from '#db/index.server.ts'
import { FacetNames } from './facet-names.ts'
import type { StoredFacets } from './index-documents.server.ts'
import { type DocumentRow, documentsSince, readState } from './search-queries.server.ts'

/** The facets that are counted, and team, which is only filtered by. */
export const FACETS = ['theme', 'severity', 'service', 'year', 'team'] as const
export type Facet = (typeof FACETS)[number]

export interface IndexedDocument {
  number: number
  stored: StoredFacets
  /** When it happened, else when it was published; ISO 8601, '' when neither is known. */
  date: string
  /** Key and external id, in small letters. */
  identifiers: string[]
  /** Its values of each facet, as numbers of `IndexView.names`. */
  facets: Record<Facet, number[]>
}

/** The documents as of one revision. Never changes: a search keeps the one it began with. */
export interface IndexView {
  revision: number
  /** By document number; dead numbers are holes. */
  documents: readonly (IndexedDocument | undefined)[]
  /** Weighted length in words, by document number. */
  lengths: readonly number[]
  count: number
  totalLength: number
  averageLength: number
  names: Record<Facet, FacetNames>
  find(subjectId: string): IndexedDocument | undefined
}

const ROWS_PER_PAGE = 5_000
const caches = new WeakMap<Db, DocumentCache>()

/**
 * The documents as they are now. A transaction has a view of its own: what it has not committed is nobody else's.
 */
export function currentIndex(db: Db): Promise<IndexView> {
  let cache = caches.get(db)
  if (!cache) {
    cache = new DocumentCache()
    caches.set(db, cache)
  }
  return cache.refresh(db)
}

class DocumentCache {
  #view = emptyView()
  #numbers = new Map<string, number>()
  #last: Promise<unknown> = Promise.resolve()

  /** One refresh at a time, and each asks anew: one that is under way may have begun before the caller's change. */
  refresh(db: Db): Promise<IndexView> {
    const mine = this.#last.then(() => this.#load(db))
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #load(db: Db): Promise<IndexView> {
    const { revision } = await readState(db)
    if (revision < this.#view.revision) {
      // Another database has taken the place of this one, such as a restored backup.
      this.#view = emptyView()
      this.#numbers = new Map()
    }
    if (revision > this.#view.revision) {
      const rows: DocumentRow[] = []
      let page: DocumentRow[]
      do {
        page = await documentsSince(db, this.#view.revision, rows.at(-1)?.number ?? -1, ROWS_PER_PAGE)
        rows.push(...page)
      } while (page.length === ROWS_PER_PAGE)
      // A document that changes while we turn pages is met twice; the later revision wins. What changes after its
      // page was read has a revision above the one that we note, so the next refresh reads it.
      this.#view = this.#apply(
        rows.sort((a, b) => a.revision - b.revision || a.number - b.number),
        revision,
      )
    }
    return this.#view
  }

  #apply(rows: DocumentRow[], revision: number): IndexView {
    const { names } = this.#view
    const documents = this.#view.documents.slice()
    const lengths = this.#view.lengths.slice()
    let { count, totalLength } = this.#view
    for (const row of rows) {
      const before = this.#numbers.get(row.subject_id)
      if (before !== undefined) {
        totalLength -= lengths[before]!
        count--
        documents[before] = undefined
        this.#numbers.delete(row.subject_id)
      }
      if (row.removed) continue
      while (documents.length <= row.number) {
        documents.push(undefined)
        lengths.push(0)
      }
      documents[row.number] = readDocument(row, names)
      lengths[row.number] = row.length
      totalLength += row.length
      count++
      this.#numbers.set(row.subject_id, row.number)
    }
    return viewOf(revision, documents, lengths, count, totalLength, names, this.#numbers)
  }
}

function emptyView(): IndexView {
  const names = Object.fromEntries(FACETS.map(facet => [facet, new FacetNames()])) as Record<Facet, FacetNames>
  return viewOf(0, [], [], 0, 0, names, new Map())
}

function viewOf(
  revision: number,
  documents: (IndexedDocument | undefined)[],
  lengths: number[],
  count: number,
  totalLength: number,
  names: Record<Facet, FacetNames>,
  numbers: ReadonlyMap<string, number>,
): IndexView {
  return {
    revision,
    documents,
    lengths,
    count,
    totalLength,
    averageLength: count === 0 ? 0 : totalLength / count,
    names,
    find(subjectId) {
      const found = documents[numbers.get(subjectId) ?? -1]
      return found?.stored.subjectId === subjectId ? found : undefined
    },
  }
}

function readDocument(row: DocumentRow, names: Record<Facet, FacetNames>): IndexedDocument {
  const stored = JSON.parse(row.facets) as StoredFacets
  const date = stored.occurredAt ?? stored.publishedAt ?? ''
  const year = date.slice(0, 4)
  return {
    number: row.number,
    stored,
    date,
    identifiers: [stored.key, stored.externalId].flatMap(identifier => identifier?.toLowerCase() ?? []),
    facets: {
      theme: ids(names.theme, stored.themes),
      severity: stored.severity ? [names.severity.id(stored.severity, stored.severity)] : [],
      service: ids(names.service, stored.services),
      year: year ? [names.year.id(year, year)] : [],
      team: ids(names.team, stored.teams),
    },
  }
}

/** A value that is named twice counts once. */
function ids(names: FacetNames, values: readonly { value: string; label: string }[]): number[] {
  return [...new Set(values.map(({ value, label }) => names.id(value, label)))]
}
