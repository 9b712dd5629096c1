/** Asking the index: postings of terms, and the scores that they add up to. */
import type { Db } from '#db/index.server.ts'
import { UNIT } from './field-weights.ts'
import type { IndexView } from './index-view.ts'
import type { Postings } from './postings.ts'
import { addScores } from './ranking.ts'

/** The postings of each term over the documents of the view; a term that none has is left out. */
export function loadPostings(db: Db, view: IndexView, terms: Iterable<string>): Promise<Map<string, Postings>> {
  return view.postings.load(db, view, terms)
}

/**
 * Scores by document number: zero where none of the terms is.
 * @param only if given, other documents are passed over.
 */
export function scoreDocuments(
  view: IndexView,
  postings: ReadonlyMap<string, Postings>,
  boosts: ReadonlyMap<string, number>,
  only?: readonly number[],
): Float64Array {
  const scores = new Float64Array(view.documents.length)
  const admits = only ? new Uint8Array(scores.length) : null
  if (admits) for (const number of only!) admits[number] = 1
  const collection = { count: view.count, averageLength: view.averageLength, lengths: view.columns.lengths }
  for (const [term, boost] of boosts) {
    const found = postings.get(term)
    if (found) addScores(scores, found, collection, UNIT, boost, admits)
  }
  return scores
}

/** Whether a document is in all of these, by document number: 1 or 0. No terms at all is true of every document. */
export function havingAll(
  view: IndexView,
  postings: ReadonlyMap<string, Postings>,
  terms: readonly string[],
): Uint8Array {
  const met = new Uint8Array(view.documents.length)
  const counts = new Uint16Array(view.documents.length)
  for (const term of terms) for (const number of postings.get(term)?.numbers ?? []) counts[number]!++
  for (let number = 0; number < met.length; number++) met[number] = counts[number] === terms.length ? 1 : 0
  return met
}
