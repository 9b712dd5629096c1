/** The second ranking of a search: by the words of the best documents of the first too. */
import type { Db } from '#db/index.server.ts'
import type { Asked } from './ask.server.ts'
import type { LoadTexts } from './document.ts'
import { LEAST_WORDS, MODEL_DOCUMENTS, type Model, mixedWith } from './feedback.ts'
import { firstInOrder } from './first-in-order.ts'
import type { IndexView } from './index-view.ts'
import { loadPostings, scoreSome } from './matching.server.ts'

/** So many of the first ranking are ranked again: what feedback adds is not worth reading every document for. */
const RANKED_AGAIN = 1_000

/** What a second ranking was made of. */
export interface Learnt {
  /** The weights of all its terms. */
  terms: ReadonlyMap<string, number>
  /** The documents that it ranked, ascending. */
  numbers: Int32Array
  /** By what its scores were multiplied, so that they stay above those of the first ranking. */
  scale: number
}

/**
 * Ranks what was found once more, by the words of the best of it too. Finds nothing that has no word of the query.
 * @returns null when there was nothing to learn from.
 */
export async function withFeedback(
  db: Db,
  view: IndexView,
  asked: Asked,
  loadTexts: LoadTexts,
): Promise<Asked & { learnt: Learnt | null }> {
  const byScore = (a: number, b: number): number => asked.scores[b]! - asked.scores[a]! || a - b
  const again = firstInOrder(asked.scored, RANKED_AGAIN, byScore)
  const best = again.filter(number => view.columns.lengths[number]! >= LEAST_WORDS).slice(0, MODEL_DOCUMENTS)
  if (best.length <= 1) return { ...asked, learnt: null }
  const unknown = best.filter(number => !view.models.get(number)).map(number => view.documents[number]!.subjectId)
  const texts = unknown.length > 0 ? await loadTexts(unknown) : new Map()
  const models = best.map((number): Model => {
    const document = view.documents[number]!
    const vector =
      view.models.get(number) ?? view.models.add(number, { ...document.stored, texts: texts.get(document.subjectId) })
    return { ...vector, score: asked.scores[number]! }
  })
  const mixture = mixedWith(asked.terms, models)
  const added = [...mixture.keys()].filter(term => !asked.postings.has(term))
  const postings = new Map([...asked.postings, ...(await loadPostings(db, view, added))])
  const least = asked.scores[again.at(-1)!]!
  const numbers = Int32Array.from(again).sort()
  const mixed = scoreSome(view, postings, mixture, numbers)
  // These stay above the others, which keep their order.
  const scale = least / mixed.reduce((lowest, score) => Math.min(lowest, score))
  numbers.forEach((number, index) => {
    asked.scores[number] = mixed[index]! * scale
  })
  return { ...asked, postings, learnt: { terms: mixture, numbers, scale } }
}
