/** Everything that decides which documents are found and in which order, for a page of hits and for explaining one. */
import type { Db } from '#db/index.server.ts'
import { type Asked, ask } from './ask.server.ts'
import type { DocumentTexts, LoadTexts } from './document.ts'
import { currentIndex } from './document-cache.server.ts'
import type { IndexedDocument, IndexView } from './index-view.ts'
import { type Learnt, withFeedback } from './learn.server.ts'
import { priorsOf } from './prior.ts'
import { explainUnread, parseQuery, type Query } from './query-language.ts'
import { readTerms } from './query-terms.ts'
import type { SearchOptions, SearchRequest } from './request.ts'
import { readSelection, type Selection } from './selection.ts'
import { type Expansion, synonymsOf } from './synonyms.ts'
import { verifyPhrases } from './verify-phrases.server.ts'

/** Longer queries are cut before they are read. */
const LONGEST_QUERY = 20_000

export interface Ranking {
  view: IndexView
  /** What was typed, as far as it was read. */
  source: string
  query: Query
  selection: Selection
  /** The words as they were asked for, before anything was learnt. */
  first: Asked
  /** With the scores to rank by. */
  asked: Asked
  /** How the best were ranked again; null when they were not. */
  learnt: Learnt | null
  expandedWith: Expansion[]
  /** The document that the query names. */
  named: IndexedDocument | undefined
  /** Documents that fit the words and the query's own operators. */
  matches: Int32Array
  order: (a: number, b: number) => number
  notices: string[]
  texts: LoadTexts
}

/** Reads a request, asks the index and scores what it knows. */
export async function rank(db: Db, request: SearchRequest, options: SearchOptions): Promise<Ranking> {
  const view = await currentIndex(db)
  const source = (request.q ?? '').slice(0, LONGEST_QUERY)
  const query = parseQuery(source)
  const named = findNamed(view, source, query)
  const selection = readSelection(view, query.filters, {
    theme: listOf(request.theme),
    severity: listOf(request.severity),
    service: listOf(request.service),
    from: request.from || null,
    to: request.to || null,
  })
  const notices = [...query.unread.map(explainUnread), ...selection.notices]
  if ((request.q ?? '').length > LONGEST_QUERY)
    notices.push(`Only the first ${LONGEST_QUERY.toLocaleString('en')} characters of the query were read.`)

  const wanted = readTerms(query)
  const synonyms = named ? [] : synonymsOf([...query.words, ...query.phrases], options.synonyms ?? [])
  const texts = rememberTexts(options.texts)
  const first = await ask(db, view, wanted, synonyms, notices)
  const expandedWith = synonyms
    .filter(({ name }) => first.terms.has(name))
    .map(({ said, with: ways }) => ({ said, with: ways }))
  const isNewest = request.sort === 'newest'
  const asked = isNewest ? { ...first, learnt: null } : await withFeedback(db, view, first, texts)
  const priors = priorsOf(view)
  for (const number of asked.scored) asked.scores[number]! *= priors[number]!
  const { admits } = selection
  const fits = named ? withNumber(asked.fits, named.number) : asked.fits
  const admitted = admits ? fits.filter(admits) : fits
  const order = orderOf(view, isNewest, asked.scores, named?.number)
  const matches = await verifyPhrases(view, admitted, wanted, asked, order, named?.number, texts, notices)
  return {
    view,
    source,
    query,
    selection,
    first,
    asked,
    learnt: asked.learnt,
    expandedWith,
    named,
    matches,
    order,
    notices,
    texts,
  }
}

/** The same texts are asked for by the feedback and by the page. */
function rememberTexts(load: LoadTexts): LoadTexts {
  const known = new Map<string, DocumentTexts>()
  return async subjectIds => {
    const unknown = subjectIds.filter(id => !known.has(id))
    if (unknown.length > 0) for (const [id, texts] of await load(unknown)) known.set(id, texts)
    return known
  }
}

/** The document that the whole query is the key or external id of; it is found even if its texts do not say so. */
function findNamed(view: IndexView, source: string, query: Query): IndexedDocument | undefined {
  const typed = source.trim().toLowerCase()
  const read = [...query.words, ...query.phrases].join(' ').toLowerCase()
  if (!read || query.excluded.words.length + query.excluded.phrases.length > 0) return undefined
  return view.findNamed(typed) ?? view.findNamed(read)
}

/** Best or newest first. Equal ones by date, then by id, so that pages never overlap. */
function orderOf(view: IndexView, isNewest: boolean, scores: Float64Array, named: number | undefined) {
  const { times } = view.columns
  return (a: number, b: number): number => {
    if (!isNewest) {
      if (a === named || b === named) return a === b ? 0 : a === named ? -1 : 1
      const difference = scores[b]! - scores[a]!
      if (difference !== 0) return difference
    }
    if (times[a] !== times[b]) return times[b]! - times[a]!
    return view.documents[a]!.subjectId < view.documents[b]!.subjectId ? -1 : a === b ? 0 : 1
  }
}

function withNumber(ascending: Int32Array, number: number): Int32Array {
  return ascending.includes(number) ? ascending : Int32Array.of(...ascending, number).sort()
}

function listOf(value: string | string[] | null | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => Boolean(text))
}
