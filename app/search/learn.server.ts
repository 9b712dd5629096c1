/** The second ranking of a search: by the words of the best documents of the first too. */
import type { Db } from '#db/index.server.ts'
import type { Asked } from './ask.server.ts'
import type { LoadTexts, SearchDocument } from './document.ts'
import { LEAST_WORDS, MODEL_DOCUMENTS, type Model, mixedWith } from './feedback.ts'
import { eachTerm } from './field-weights.ts'
import { firstInOrder } from './first-in-order.ts'
import type { IndexView } from './index-view.ts'
import { loadPostings, scoreDocuments } from './matching.server.ts'

const NO_TEXTS: SearchDocument['texts'] = { summary: '', factors: '', lessons: '', actions: '', body: '' }

/** Ranks what was found once more, by the words of the best of it too. Finds nothing that has no word of the query. */
export async function withFeedback(
  db: Db,
  view: IndexView,
  asked: Asked,
  loadTexts: LoadTexts,
): Promise<Asked & { learnt: Map<string, number> }> {
  const found: number[] = []
  for (let number = 0; number < asked.scores.length; number++)
    if (asked.scores[number]! > 0 && view.columns.lengths[number]! >= LEAST_WORDS) found.push(number)
  if (found.length <= 1) return { ...asked, learnt: asked.terms }
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
  return { ...asked, postings, scores, learnt: mixture }
}
