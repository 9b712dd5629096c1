/**
 * What every search needs of every document (length, facets), kept in the process and brought up to date by the
 * index's revision, so that several instances see each other's changes at the price of one tiny query per search.
 */
import type { Db } from '#db/index.server.ts'
import { Columns, FACETS, type Facet } from './columns.ts'
import { FacetNames } from './facet-names.ts'
import { IndexedDocument, type IndexView, type StoredFacets } from './index-view.ts'
import { Lexicon } from './lexicon.ts'
import { Models } from './models.ts'
import { PostingCache } from './posting-cache.server.ts'
import { normsOf } from './ranking.ts'
import { type DocumentRow, documentsSince, readState } from './search-queries.server.ts'
import { Sequences } from './sequences.ts'

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
  #kept = keptByAll()
  #view = viewOf(this.#kept, 0, [])
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
      this.#kept = keptByAll()
      this.#view = viewOf(this.#kept, 0, [])
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
    const { names, columns, places } = this.#kept
    const documents = this.#view.documents.slice()
    for (const row of rows) {
      const before = documents[places.bySubject.get(row.subject_id) ?? -1]
      if (before) {
        documents[before.number] = undefined
        places.remove(before)
      }
      if (row.removed) continue
      while (documents.length <= row.number) documents.push(undefined)
      const stored = JSON.parse(row.facets) as StoredFacets
      const document = readDocument(row, stored)
      documents[row.number] = document
      places.add(document)
      const { date } = document
      columns.enter(row.number, { length: row.length, date, has: stored.has, values: valuesOf(names, stored, date) })
    }
    return viewOf(this.#kept, revision, documents)
  }
}

/** What all views of one database share. */
interface Kept extends Pick<IndexView, 'columns' | 'names' | 'sequences' | 'lexicon' | 'models' | 'postings'> {
  places: Places
}

function keptByAll(): Kept {
  return {
    columns: new Columns(),
    names: Object.fromEntries(FACETS.map(facet => [facet, new FacetNames()])) as Record<Facet, FacetNames>,
    sequences: new Sequences(),
    lexicon: { words: new Lexicon(), revision: -1 },
    models: new Models(),
    postings: new PostingCache(),
    places: new Places(),
  }
}

function viewOf({ places, ...kept }: Kept, revision: number, documents: IndexView['documents'][number][]): IndexView {
  const { lengths } = kept.columns
  let count = 0
  let totalLength = 0
  for (const document of documents)
    if (document) {
      count++
      totalLength += lengths[document.number]!
    }
  const averageLength = count === 0 ? 0 : totalLength / count
  return {
    ...kept,
    revision,
    documents,
    count,
    totalLength,
    averageLength,
    norms: normsOf(lengths, averageLength),
    // The places are always those of the latest view; asked right after a refresh, as they are, they are this one's.
    find: subjectId => documents[places.bySubject.get(subjectId) ?? -1],
    findNamed: identifier => documents[places.byIdentifier.get(identifier)?.[0] ?? -1],
  }
}

/** Where to find a document in the latest view. */
class Places {
  readonly bySubject = new Map<string, number>()
  readonly byIdentifier = new Map<string, number[]>()

  add({ number, subjectId, identifiers }: IndexedDocument): void {
    this.bySubject.set(subjectId, number)
    for (const name of identifiers) this.byIdentifier.set(name, [...(this.byIdentifier.get(name) ?? []), number])
  }

  remove({ number, subjectId, identifiers }: IndexedDocument): void {
    this.bySubject.delete(subjectId)
    for (const name of identifiers) {
      const others = (this.byIdentifier.get(name) ?? []).filter(other => other !== number)
      if (others.length > 0) this.byIdentifier.set(name, others)
      else this.byIdentifier.delete(name)
    }
  }
}

function readDocument(row: DocumentRow, stored: StoredFacets): IndexedDocument {
  const date = stored.occurredAt ?? stored.publishedAt ?? ''
  const identifiers = [stored.key, stored.externalId].flatMap(identifier => identifier?.toLowerCase() ?? [])
  return new IndexedDocument(row.number, row.subject_id, date, identifiers, stored.family?.slug ?? null, row.facets)
}

/** A document's values of each facet as numbers, which new ones get here. */
function valuesOf(names: Kept['names'], stored: StoredFacets, date: string): Record<Facet, number[]> {
  const year = date.slice(0, 4)
  return {
    theme: ids(names.theme, stored.themes),
    severity: stored.severity ? [names.severity.id(stored.severity, stored.severity)] : [],
    service: ids(names.service, stored.services),
    year: year ? [names.year.id(year, year)] : [],
    team: ids(names.team, stored.teams),
  }
}

/** A value that is named twice counts once. */
function ids(names: FacetNames, values: readonly { value: string; label: string }[]): number[] {
  return [...new Set(values.map(({ value, label }) => names.id(value, label)))]
}
