/** The front door of the room: finding postmortems. */
import type { Db } from '#db/index.server.ts'
import { exchanged, type Lexicon, lexiconOf, nearestWord } from './did-you-mean.ts'
import type { SearchDocument } from './document.ts'
import { currentIndex } from './document-cache.server.ts'
import { LEAST_WORDS, MODEL_DOCUMENTS, type Model, mixedWith } from './feedback.ts'
import { eachTerm } from './field-weights.ts'
import { firstInOrder } from './first-in-order.ts'
import { bestPassage } from './highlight.ts'
import type { CountedFacet, IndexedDocument, IndexView } from './index-view.ts'
import { havingAll, loadPostings, scoreDocuments } from './matching.server.ts'
import type { Phrase } from './phrases.ts'
import type { Postings } from './postings.ts'
import { explainUnread, parseQuery, type Query } from './query-language.ts'
import { MOST_TERMS, type QueryTerms, readTerms } from './query-terms.ts'
import { inverseFrequency } from './ranking.ts'
import { type FacetCount, readSelection, selectAndCount } from './selection.ts'
import { follows, type Sequence } from './sequences.ts'
import { tokenise } from './tokenise.ts'

export type DocumentTexts = SearchDocument['texts'] & { title: string }

/** The texts of some documents. The room that owns them gives this to every search: this room never asks for them. */
export type LoadTexts = (subjectIds: string[]) => Promise<Map<string, DocumentTexts>>

/** What a hit tells of its document: everything but the texts. */
export type Hit = Omit<SearchDocument, 'texts'> & {
  /** HTML in which `<mark>` is the only markup. */
  snippet: string
  /** Comparable within one result only; 0 where nothing was scored. */
  score: number
}

export interface SearchRequest {
  /** What was typed; see query-language.ts. */
  q?: string | null
  /** Values or labels. Of several values of one facet any will do. */
  theme?: string | string[] | null
  severity?: string | string[] | null
  service?: string | string[] | null
  /** YYYY, YYYY-MM or YYYY-MM-DD: happened on its first day or later. */
  from?: string | null
  /** The same forms: happened before its first day. */
  to?: string | null
  sort?: 'best' | 'newest' | null
  offset?: number
  /** 1 to 200; 20 when absent. */
  limit?: number
}

export interface SearchResult {
  total: number
  hits: Hit[]
  /** Counts within the result; of a facet in which something is chosen, as if nothing were chosen in it. */
  facets: Record<CountedFacet, FacetCount[]>
  /** Sentences for the page: what could not be read, what was left out. */
  notices: string[]
  didYouMean: string | null
}

/** Longer queries are cut before they are read. */
const LONGEST_QUERY = 20_000
/** So many documents are read to look for a phrase. */
const MOST_VERIFIED = 500
const MOST_NOTICES = 6
/** With fewer hits than this a mistyped word is worth a question. */
const FEW = 3
const MOST_CORRECTED = 8
const NO_TEXTS: SearchDocument['texts'] = { summary: '', factors: '', lessons: '', actions: '', body: '' }

/**
 * Finds documents: any of the words, all of the phrases, none of the exclusions, within the filters; best first by
 * BM25F. Every text is a query: what cannot be read is searched as words and said in `notices`.
 */
export async function search(db: Db, request: SearchRequest, options: { texts: LoadTexts }): Promise<SearchResult> {
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
  const load = rememberTexts(options.texts)
  const first = await ask(db, view, wanted, notices)
  const asked = request.sort === 'newest' ? first : await withFeedback(db, view, first, load)
  const admitted: number[] = []
  for (let number = 0; number < view.documents.length; number++) {
    if (!asked.matches(number) && number !== named?.number) continue
    const document = view.documents[number]
    if (document && (!selection.admits || selection.admits(document))) admitted.push(number)
  }
  const order = orderOf(view, request.sort === 'newest', asked.scores, named?.number)
  const matches = await verifyPhrases(view, admitted, wanted, asked, order, named?.number, load, notices)
  const { selected, facets } = selectAndCount(view, matches, selection)

  const offset = whole(request.offset, 0, 0, Number.MAX_SAFE_INTEGER)
  const limit = whole(request.limit, 20, 1, 200)
  const page = firstInOrder(selected, offset + limit, order).slice(offset)
  const hits = await toHits(page, asked, view, load)
  const didYouMean = selected.length < FEW ? meant(view, source, query, first) : null
  return { total: selected.length, hits, facets, notices: fewNotices(notices), didYouMean }
}

/** Words of what is published, made when somebody first mistypes; a view never changes. */
const lexicons = new WeakMap<IndexView, Lexicon>()

/** The query without its slips of the hand: words that no document has, and that are near one that a title has. */
function meant(view: IndexView, source: string, query: Query, asked: Asked): string | null {
  const unknown = query.words.filter(word => {
    const terms = tokenise(word).filter(token => token.kind !== 'stop')
    return terms.length > 0 && !terms.some(({ term }) => asked.postings.has(term))
  })
  if (unknown.length === 0) return null
  let lexicon = lexicons.get(view)
  if (!lexicon) {
    const named = view.documents.flatMap(document => (document ? [document.stored] : []))
    lexicon = lexiconOf(
      named.flatMap(({ title, services, themes }) => [title, ...[...services, ...themes].map(({ label }) => label)]),
    )
    lexicons.set(view, lexicon)
  }
  const words = new Map<string, string>()
  for (const word of unknown.slice(0, MOST_CORRECTED)) {
    const nearest = nearestWord(word, lexicon)
    if (nearest) words.set(word.toLowerCase(), nearest)
  }
  return exchanged(source, words)
}

interface Asked {
  postings: Map<string, Postings>
  /** The scored terms. */
  terms: Map<string, number>
  scores: Float64Array
  /** Whether a document fits the words, as far as the index knows: phrases are still to be verified. */
  matches: (number: number) => boolean
}

/** Looks the terms up, chooses among very many, and scores. */
async function ask(db: Db, view: IndexView, wanted: QueryTerms, notices: string[]): Promise<Asked> {
  const excluded = [...wanted.excludedWords, ...wanted.excludedPhrases.map(phrase => phrase.terms)]
  const postings = await loadPostings(db, view, [...wanted.terms.keys(), ...excluded.flat()])

  const found = [...wanted.terms.keys()].filter(term => postings.has(term))
  const telling = new Set(
    found.length <= MOST_TERMS
      ? found
      : found
          .sort((a, b) => postings.get(a)!.numbers.length - postings.get(b)!.numbers.length || (a < b ? -1 : 1))
          .slice(0, MOST_TERMS),
  )
  if (wanted.terms.size > MOST_TERMS)
    notices.push(
      `The query has ${wanted.terms.size} different terms; only the most telling of them, up to ${MOST_TERMS}, were searched for.`,
    )
  else if (wanted.terms.size + wanted.phrases.length === 0 && wanted.empty.length > 0) {
    const shown = wanted.empty.slice(0, 5).map(word => `"${clip(word)}"`)
    notices.push(`${shown.join(', ')}: nothing in it can be searched for, so it was left out.`)
  }
  const terms = new Map([...wanted.terms].filter(([term]) => telling.has(term)))
  const scores = scoreDocuments(view, postings, terms)

  const required = wanted.phrases.map(phrase => havingAll(view, postings, phrase.terms))
  const refused = wanted.excludedWords.map(some => havingAll(view, postings, some))
  const anyWord = wanted.phrases.length > 0 || wanted.terms.size === 0
  return {
    postings,
    terms,
    scores,
    matches: number =>
      (anyWord || scores[number]! > 0) &&
      required.every(having => having[number] === 1) &&
      !refused.some(having => having[number] === 1),
  }
}

/** Ranks what was found once more, by the words of the best of it too. Finds nothing that has no word of the query. */
async function withFeedback(db: Db, view: IndexView, asked: Asked, loadTexts: LoadTexts): Promise<Asked> {
  const found: number[] = []
  for (let number = 0; number < asked.scores.length; number++)
    if (asked.scores[number]! > 0 && view.columns.lengths[number]! >= LEAST_WORDS) found.push(number)
  if (found.length <= 1) return asked
  const best = firstInOrder(found, MODEL_DOCUMENTS, (a, b) => asked.scores[b]! - asked.scores[a]! || a - b)
  const texts = await loadTexts(best.map(number => view.documents[number]!.stored.subjectId))
  const models = best.map((number): Model => {
    const { stored } = view.documents[number]!
    const frequencies = new Map<string, number>()
    const read = texts.get(stored.subjectId)
    const length = eachTerm(read ? { ...stored, texts: read } : { ...stored, texts: NO_TEXTS }, (term, weight) => {
      if (term.length > 2) frequencies.set(term, (frequencies.get(term) ?? 0) + weight)
    })
    return { score: asked.scores[number]!, frequencies, length: length || 1 }
  })
  const mixture = mixedWith(asked.terms, models)
  const added = [...mixture.keys()].filter(term => !asked.postings.has(term))
  const postings = new Map([...asked.postings, ...(await loadPostings(db, view, added))])
  const mixed = scoreDocuments(view, postings, mixture)
  const scores = asked.scores.map((score, number) => (score > 0 ? mixed[number]! : 0))
  return { ...asked, scores }
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

/** Reads the documents in which a phrase may be, the first in order up to a bound, and keeps those that fit. */
async function verifyPhrases(
  view: IndexView,
  admitted: number[],
  wanted: QueryTerms,
  asked: Asked,
  order: (a: number, b: number) => number,
  named: number | undefined,
  loadTexts: LoadTexts,
  notices: string[],
): Promise<number[]> {
  const required = wanted.phrases.filter(needsReading)
  const excluded = wanted.excludedPhrases
  if (required.length + excluded.length === 0) return admitted
  const having = excluded.map(phrase => havingAll(view, asked.postings, phrase.terms))
  const inQuestion =
    required.length > 0 ? admitted : admitted.filter(number => having.some(numbers => numbers[number] === 1))
  const read = firstInOrder(inQuestion, MOST_VERIFIED, order)
  if (read.length < inQuestion.length)
    notices.push(
      `${inQuestion.length} postmortems have the words of the phrase; ` +
        `it was looked for in the first ${read.length} of them only. Add words to narrow the search.`,
    )
  const sequences = await readSequences(view, read, loadTexts)
  const fits = new Map(
    read.map(number => {
      const sequence = sequences.get(number)!
      const isFit =
        required.every(phrase => follows(sequence, phrase.sequence)) &&
        !excluded.some(phrase => follows(sequence, phrase.sequence))
      return [number, isFit]
    }),
  )
  // Unread documents count as not having the phrase.
  return admitted.filter(number => number === named || (fits.get(number) ?? required.length === 0))
}

/** The words of these documents in their order, of which most are known from earlier searches. */
async function readSequences(view: IndexView, numbers: number[], loadTexts: LoadTexts): Promise<Map<number, Sequence>> {
  const sequences = new Map<number, Sequence>()
  const unknown: IndexedDocument[] = []
  for (const number of numbers) {
    const known = view.sequences.get(number)
    if (known) sequences.set(number, known)
    else unknown.push(view.documents[number]!)
  }
  if (unknown.length === 0) return sequences
  const texts = await loadTexts(unknown.map(document => document.stored.subjectId))
  for (const document of unknown) {
    const { number, stored } = document
    sequences.set(number, view.sequences.add(number, searchedTexts(document, texts.get(stored.subjectId))))
  }
  return sequences
}

/** One word alone is a phrase that the index already answers. */
function needsReading(phrase: Phrase): boolean {
  return phrase.sequence.length > 1 || phrase.terms.length === 0
}

function searchedTexts({ stored, identifiers }: IndexedDocument, texts: DocumentTexts | undefined): string[] {
  const names = [...stored.services, ...stored.themes].map(({ label }) => label).concat(identifiers)
  if (!texts) return [stored.title, ...names]
  return [texts.title, texts.summary, texts.factors, texts.lessons, texts.actions, texts.body, ...names]
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
    return view.documents[a]!.stored.subjectId < view.documents[b]!.stored.subjectId ? -1 : a === b ? 0 : 1
  }
}

async function toHits(page: number[], asked: Asked, view: IndexView, loadTexts: LoadTexts): Promise<Hit[]> {
  if (page.length === 0) return []
  const documents = page.map(number => view.documents[number]!)
  const texts = await loadTexts(documents.map(document => document.stored.subjectId))
  const weights = new Map(
    [...asked.terms.keys()].map(term => [
      term,
      inverseFrequency(view.count, asked.postings.get(term)?.numbers.length ?? 0),
    ]),
  )
  return documents.map(({ number, stored }) => {
    const found = texts.get(stored.subjectId)
    const passages = found ? [found.summary, found.factors, found.lessons, found.actions, found.body] : []
    const { terms: _, ...told } = stored
    return { ...told, snippet: bestPassage(passages, weights), score: asked.scores[number]! }
  })
}

function fewNotices(notices: string[]): string[] {
  const distinct = [...new Set(notices.map(notice => clip(notice, 300)))]
  if (distinct.length <= MOST_NOTICES) return distinct
  return [
    ...distinct.slice(0, MOST_NOTICES - 1),
    `${distinct.length - MOST_NOTICES + 1} more pieces were read as words.`,
  ]
}

function clip(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text
}

function listOf(value: string | string[] | null | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => Boolean(text))
}

function whole(value: number | undefined, fallback: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value!))) : fallback
}
