/** From the documents of a page to what is told of them. */
import type { Asked } from './ask.server.ts'
import type { LoadTexts, SearchDocument } from './document.ts'
import { languageOfTexts } from './field-weights.ts'
import { bestPassage } from './highlight.ts'
import type { IndexView } from './index-view.ts'
import { inverseFrequency } from './ranking.ts'

/** What a hit tells of its document: everything but the texts. */
export type Hit = Omit<SearchDocument, 'texts'> & {
  /** HTML in which `<mark>` is the only markup. */
  snippet: string
  /** Comparable within one result only; 0 where nothing was scored. */
  score: number
}

/** The hits of a page in their order, each with its best passage. */
export async function toHits(
  page: readonly number[],
  asked: Asked,
  view: IndexView,
  loadTexts: LoadTexts,
): Promise<Hit[]> {
  if (page.length === 0) return []
  const documents = page.map(number => view.documents[number]!)
  const texts = await loadTexts(documents.map(document => document.subjectId))
  const tellingOf = (term: string): number =>
    inverseFrequency(view.count, asked.postings.get(term)?.numbers.length ?? 0)
  const weights = new Map([...asked.terms.keys()].map(term => [term, tellingOf(term)]))
  for (const [twin, term] of asked.twins) if (asked.terms.has(term)) weights.set(twin, tellingOf(term))
  return documents.map(({ number, subjectId, stored }) => {
    const found = texts.get(subjectId)
    const passages = found ? [found.summary, found.factors, found.lessons, found.actions, found.body] : []
    const { terms: _, ...told } = stored
    const language = found && asked.twins.size > 0 ? languageOfTexts(found) : 'en'
    return { ...told, snippet: bestPassage(passages, weights, language), score: asked.scores[number]! }
  })
}
