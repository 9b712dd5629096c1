/** Why hits stand where they stand, for those who curate the library. */
import { type ExplainedTerm, explain } from '#app/search/explain.server.ts'
import type { Db } from '#db/index.server.ts'
import type { LibraryQuery } from './library-query.ts'
import { searchOptions } from './search-library.server.ts'

export interface HitReasons {
  place: number
  score: number
  isNamed: boolean
  prior: number
  terms: Pick<ExplainedTerm, 'term' | 'from' | 'documents' | 'score' | 'fields'>[]
  /** What all other terms add. */
  rest: number
}

/** The parts that add most are named, the others summed. */
const MOST_TERMS = 8

export async function explainHits(
  db: Db,
  query: LibraryQuery,
  subjectIds: readonly string[],
): Promise<Map<string, HitReasons>> {
  const options = await searchOptions(db, query.q)
  const reasons = new Map<string, HitReasons>()
  for (const subjectId of subjectIds) {
    const one = await explain(db, query, subjectId, options)
    if (!one) continue
    reasons.set(subjectId, {
      place: one.place,
      score: one.score,
      isNamed: one.isNamed,
      prior: one.prior,
      terms: one.terms
        .slice(0, MOST_TERMS)
        .map(({ term, from, documents, score, fields }) => ({ term, from, documents, score, fields })),
      rest: one.terms.slice(MOST_TERMS).reduce((sum, { score }) => sum + score, 0),
    })
  }
  return reasons
}
