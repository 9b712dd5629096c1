/** Asking the index: postings of terms, and the scores that they add up to. */
import type { Db } from '#db/index.server.ts'
import { UNIT } from './field-weights.ts'
import type { IndexView } from './index-view.ts'
import { drawerOf, findPostings, type Postings } from './postings.ts'
import { addScores } from './ranking.ts'
import { drawers } from './search-queries.server.ts'

/** The postings of each term over the documents of the view; a term that none has is left out. */
export async function loadPostings(db: Db, view: IndexView, terms: Iterable<string>): Promise<Map<string, Postings>> {
  const wanted = [...new Set(terms)]
  const found = new Map<string, Postings>()
  if (wanted.length === 0) return found
  const rows = await drawers(db, [...new Set(wanted.map(drawerOf))])
  const isLive = (number: number): boolean => view.documents[number] !== undefined
  for (const term of wanted) {
    const postings = findPostings(rows.get(drawerOf(term)) ?? [], term, isLive)
    if (postings.numbers.length > 0) found.set(term, postings)
  }
  return found
}

/** Scores by document number: zero where none of the terms is. */
export function scoreDocuments(
  view: IndexView,
  postings: ReadonlyMap<string, Postings>,
  boosts: ReadonlyMap<string, number>,
): Float64Array {
  const scores = new Float64Array(view.documents.length)
  const collection = { count: view.count, averageLength: view.averageLength, lengths: view.columns.lengths }
  for (const [term, boost] of boosts) {
    const found = postings.get(term)
    if (found) addScores(scores, found, collection, UNIT, boost)
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
