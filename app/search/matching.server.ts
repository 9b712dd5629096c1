/** Asking the index: postings of terms, and the scores that they add up to. */
import type { Db } from '#db/index.server.ts'
import { UNIT } from './field-weights.ts'
import type { IndexView } from './index-view.ts'
import { leapTo, type Postings } from './postings.ts'
import { addScores, partOf, scoredTerm } from './ranking.ts'

/** The postings of each term over the documents of the view; a term that none has is left out. */
export function loadPostings(db: Db, view: IndexView, terms: Iterable<string>): Promise<Map<string, Postings>> {
  return view.postings.load(db, view, terms)
}

/** Scores by document number: zero where none of the terms is. */
export function scoreDocuments(
  view: IndexView,
  postings: ReadonlyMap<string, Postings>,
  boosts: ReadonlyMap<string, number>,
): Float64Array {
  const scores = new Float64Array(view.documents.length)
  for (const [term, boost] of boosts) {
    const found = postings.get(term)
    if (found) addScores(scores, scoredTerm(found, view, UNIT, boost))
  }
  return scores
}

/** The scores of a few documents, in the order of their numbers, which must ascend: leaps over the postings between. */
export function scoreSome(
  view: IndexView,
  postings: ReadonlyMap<string, Postings>,
  boosts: ReadonlyMap<string, number>,
  numbers: Int32Array,
): Float64Array {
  const scores = new Float64Array(numbers.length)
  for (const [term, boost] of boosts) {
    const found = postings.get(term)
    if (!found) continue
    const scored = scoredTerm(found, view, UNIT, boost)
    let at = 0
    for (let index = 0; index < numbers.length; index++) {
      at = leapTo(found.numbers, numbers[index]!, at)
      if (at === found.numbers.length) break
      if (found.numbers[at] === numbers[index]) scores[index]! += partOf(scored, at)
    }
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
