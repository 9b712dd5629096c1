/** What resembles a postmortem, from facets and postings alone. */
import type { Db } from '#db/index.server.ts'
import type { DocumentTexts, SearchDocument } from './document.ts'
import { currentIndex } from './document-cache.server.ts'
import { eachTerm, frequentTerms } from './field-weights.ts'
import { firstInOrder } from './first-in-order.ts'
import type { IndexedDocument, IndexView } from './index-view.ts'
import { loadPostings, scoreDocuments } from './matching.server.ts'
import { inverseFrequency } from './ranking.ts'

export interface Related extends Omit<SearchDocument, 'texts'> {
  /** Why it is here. */
  shared: Pick<SearchDocument, 'themes' | 'services'> & { family: boolean }
}

export interface SuggestedTheme {
  value: string
  label: string
  /** How many of the similar postmortems carry it. */
  count: number
}

/** What each kind of likeness can add at most; a family was judged by people and outweighs the rest. */
const SHARES = { text: 0.5, theme: 0.3, service: 0.2, family: 1 }
/** Less likeness than this is chance. */
const LEAST = 0.12
/** As many of a text's frequent terms are looked up, and the most telling of them compared. */
const LOOKED_UP = 96
const COMPARED = 24
/** Themes are read off so many similar documents, if they are at least so similar as this part of the best. */
const NEAREST = 10
const NEAR = 0.4

/** The documents most like one of the index: same family, shared themes and services, and what their words tell. */
export async function related(db: Db, subjectId: string, limit = 5): Promise<Related[]> {
  const view = await currentIndex(db)
  const own = view.find(subjectId)
  if (!own) return []
  const ownStored = own.stored
  const terms = ownStored.terms.map(([term]) => term)
  const postings = await loadPostings(db, view, terms)
  const scores = scoreDocuments(view, postings, new Map(terms.map(term => [term, 1])))
  const most = scores[own.number] || 1
  const themes = likeness(view, 'theme', own)
  const services = likeness(view, 'service', own)
  const found: { document: IndexedDocument; score: number }[] = []
  for (const document of view.documents) {
    if (!document || document === own) continue
    const isFamily = own.family !== null && own.family === document.family
    const score =
      SHARES.text * Math.min(1, scores[document.number]! / most) +
      SHARES.theme * themes(document.number) +
      SHARES.service * services(document.number) +
      (isFamily ? SHARES.family : 0)
    if (score >= LEAST) found.push({ document, score })
  }
  return firstInOrder(found, limit, byScore).map(({ document }) => {
    const { terms: _, ...told } = document.stored
    return {
      ...told,
      shared: {
        themes: inBoth(ownStored.themes, told.themes),
        services: inBoth(ownStored.services, told.services),
        family: own.family !== null && own.family === document.family,
      },
    }
  })
}

export interface Similar extends Omit<SearchDocument, 'texts'> {
  /** How alike the words are, of 1 for those that are most alike; 0 when they are not near. */
  text: number
}

/**
 * Documents that share a theme or a service with something that may not be in the index itself, such as a draft, or
 * whose words are most like its own.
 */
export async function similarTo(
  db: Db,
  own: { subjectId: string; texts: DocumentTexts; themes: readonly string[]; services: readonly string[] },
): Promise<Similar[]> {
  const near = await nearestTo(db, own.texts, own.subjectId)
  const best = near[0]?.score ?? 1
  const scores = new Map(near.map(({ document, score }) => [document.subjectId, score / best]))
  const view = await currentIndex(db)
  const isAbout = view.columns.havingAny('theme', view.names.theme.numbersOf(own.themes))
  const isOf = view.columns.havingAny('service', view.names.service.numbersOf(own.services))
  return view.documents.flatMap(document => {
    if (!document || document.subjectId === own.subjectId) return []
    const text = scores.get(document.subjectId) ?? 0
    if (text === 0 && !isAbout(document.number) && !isOf(document.number)) return []
    const { terms: _, ...told } = document.stored
    return { ...told, text }
  })
}

/**
 * Themes that the documents most like a text carry, for someone to accept or dismiss.
 * @param options.except a document that is not to be compared with itself.
 */
export async function suggestFromSimilar(
  db: Db,
  texts: DocumentTexts,
  limit = 5,
  options: { except?: string } = {},
): Promise<SuggestedTheme[]> {
  const near = await nearestTo(db, texts, options.except)
  const themes = new Map<string, SuggestedTheme & { score: number }>()
  for (const { document, score } of near)
    for (const { value, label } of document.stored.themes) {
      const before = themes.get(value)
      themes.set(value, { value, label, count: (before?.count ?? 0) + 1, score: (before?.score ?? 0) + score })
    }
  return [...themes.values()]
    .sort((a, b) => b.score - a.score || (a.value < b.value ? -1 : 1))
    .slice(0, limit)
    .map(({ value, label, count }) => ({ value, label, count }))
}

/** The documents whose words are most like a text's, the most alike first; none that is far from the first. */
async function nearestTo(
  db: Db,
  texts: DocumentTexts,
  except?: string,
): Promise<{ document: IndexedDocument; score: number }[]> {
  const view = await currentIndex(db)
  const weights = new Map<string, number>()
  eachTerm({ title: texts.title, texts }, (term, weight) => weights.set(term, (weights.get(term) ?? 0) + weight))
  const all = [...weights.keys()]
  const looked = frequentTerms(all, index => weights.get(all[index]!)!, LOOKED_UP)
  const postings = await loadPostings(
    db,
    view,
    looked.map(([term]) => term),
  )
  const telling = looked
    .map(([term, weight]) => ({
      term,
      tells: Math.sqrt(weight) * inverseFrequency(view.count, postings.get(term)?.numbers.length ?? 0),
    }))
    .filter(({ term }) => postings.has(term))
    .sort((a, b) => b.tells - a.tells || (a.term < b.term ? -1 : 1))
    .slice(0, COMPARED)
  const scores = scoreDocuments(view, postings, new Map(telling.map(({ term }) => [term, 1])))
  const scored = view.documents.flatMap(document =>
    document && scores[document.number]! > 0 && document.subjectId !== except
      ? { document, score: scores[document.number]! }
      : [],
  )
  const nearest = firstInOrder(scored, NEAREST, byScore)
  return nearest.filter(({ score }) => score >= NEAR * nearest[0]!.score)
}

/** How much of a document's themes or services another one shares, rare ones counting more: 0 to 1. */
function likeness(view: IndexView, facet: 'theme' | 'service', own: IndexedDocument): (other: number) => number {
  const values = view.columns.valuesOf(own.number, facet).map(id => {
    const carries = view.columns.havingAny(facet, new Set([id]))
    let count = 0
    for (const document of view.documents) if (document && carries(document.number)) count++
    return { carries, tells: inverseFrequency(view.count, count) }
  })
  const whole = values.reduce((sum, { tells }) => sum + tells, 0)
  return other =>
    whole === 0 ? 0 : values.reduce((sum, { carries, tells }) => sum + (carries(other) ? tells : 0), 0) / whole
}

function inBoth<T extends { value: string }>(own: readonly T[], other: readonly T[]): T[] {
  return own.filter(one => other.some(two => two.value === one.value))
}

function byScore(
  a: { document: IndexedDocument; score: number },
  b: { document: IndexedDocument; score: number },
): number {
  if (a.score !== b.score) return b.score - a.score
  if (a.document.date !== b.document.date) return a.document.date > b.document.date ? -1 : 1
  return a.document.subjectId < b.document.subjectId ? -1 : 1
}
