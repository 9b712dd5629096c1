/**
 * What every search needs of every document (length, facets), kept in the process and brought up to date by the
 * index's revision, so that several instances see each other's changes at the price of one tiny query per search.
 */
import type { Db } from '#db/index.server.ts'
import { FacetNames } from './facet-names.ts'
import {
  COUNTED,
  type Columns,
  FACETS,
  type Facet,
  IndexedDocument,
  type IndexView,
  type StoredFacets,
} from './index-view.ts'
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
  #view = emptyView()
  #places = new Places()
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
      this.#places = new Places()
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
    const { names, columns, sequences, lexicon, models, postings } = this.#view
    const documents = this.#view.documents.slice()
    let { count, totalLength } = this.#view
    for (const row of rows) {
      const before = documents[this.#places.bySubject.get(row.subject_id) ?? -1]
      if (before) {
        totalLength -= columns.lengths[before.number]!
        count--
        documents[before.number] = undefined
        this.#places.remove(before)
      }
      if (row.removed) continue
      while (documents.length <= row.number) documents.push(undefined)
      const document = readDocument(row, names)
      documents[row.number] = document
      this.#places.add(document)
      enter(columns, document, row.length)
      totalLength += row.length
      count++
    }
    return viewOf(
      revision,
      documents,
      columns,
      sequences,
      lexicon,
      models,
      postings,
      count,
      totalLength,
      names,
      this.#places,
    )
  }
}

function emptyView(): IndexView {
  const names = Object.fromEntries(FACETS.map(facet => [facet, new FacetNames()])) as Record<Facet, FacetNames>
  const columns: Columns = { lengths: [], times: [], starts: [], ends: [], codes: [] }
  return viewOf(
    0,
    [],
    columns,
    new Sequences(),
    { words: new Lexicon(), revision: -1 },
    new Models(),
    new PostingCache(),
    0,
    0,
    names,
    new Places(),
  )
}

function viewOf(
  revision: number,
  documents: (IndexedDocument | undefined)[],
  columns: Columns,
  sequences: Sequences,
  lexicon: IndexView['lexicon'],
  models: Models,
  postings: PostingCache,
  count: number,
  totalLength: number,
  names: Record<Facet, FacetNames>,
  places: Places,
): IndexView {
  const averageLength = count === 0 ? 0 : totalLength / count
  return {
    revision,
    documents,
    columns,
    sequences,
    lexicon,
    models,
    postings,
    count,
    totalLength,
    averageLength,
    norms: normsOf(columns.lengths, averageLength),
    names,
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

function readDocument(row: DocumentRow, names: Record<Facet, FacetNames>): IndexedDocument {
  const stored = JSON.parse(row.facets) as StoredFacets
  const date = stored.occurredAt ?? stored.publishedAt ?? ''
  const year = date.slice(0, 4)
  const facets = {
    theme: ids(names.theme, stored.themes),
    severity: stored.severity ? [names.severity.id(stored.severity, stored.severity)] : [],
    service: ids(names.service, stored.services),
    year: year ? [names.year.id(year, year)] : [],
    team: ids(names.team, stored.teams),
  }
  const identifiers = [stored.key, stored.externalId].flatMap(identifier => identifier?.toLowerCase() ?? [])
  const family = stored.family?.slug ?? null
  return new IndexedDocument(row.number, row.subject_id, date, identifiers, facets, stored.has, family, row.facets)
}

function enter(columns: Columns, { number, date, facets }: IndexedDocument, length: number): void {
  const { lengths, times, starts, ends, codes } = columns
  for (const column of [lengths, times, starts, ends]) while (column.length <= number) column.push(0)
  const time = Date.parse(date)
  lengths[number] = length
  times[number] = Number.isNaN(time) ? Number.MIN_SAFE_INTEGER : time
  starts[number] = codes.length
  COUNTED.forEach((facet, place) => {
    for (const id of facets[facet]) codes.push(id * COUNTED.length + place)
  })
  ends[number] = codes.length
}

/** A value that is named twice counts once. */
function ids(names: FacetNames, values: readonly { value: string; label: string }[]): number[] {
  return [...new Set(values.map(({ value, label }) => names.id(value, label)))]
}
