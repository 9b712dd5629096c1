/** The front door of the room: finding postmortems. */
import type { Db } from '#db/index.server.ts'
import type { CountedFacet } from './columns.ts'
import { corrections } from './corrections.server.ts'
import { exchanged } from './did-you-mean.ts'
import { firstInOrder } from './first-in-order.ts'
import { type Hit, toHits } from './hits.ts'
import { type Ranking, rank } from './rank.server.ts'
import type { SearchOptions, SearchRequest } from './request.ts'
import { type FacetCount, selectAndCount } from './selection.ts'
import { shortened } from './shortened.ts'
import type { Expansion } from './synonyms.ts'
import { tokenise } from './tokenise.ts'

export interface SearchResult {
  total: number
  hits: Hit[]
  /** Counts within the result; of a facet in which something is chosen, as if nothing were chosen in it. */
  facets: Record<CountedFacet, FacetCount[]>
  /** Sentences for the page: what could not be read, what was left out. */
  notices: string[]
  didYouMean: string | null
  /** Synonyms that were searched for beside the words of the query. */
  expandedWith: Expansion[]
}

const MOST_NOTICES = 6
/** With fewer hits than this a word that may be mistyped is worth a question; with more, one that clearly is. */
const FEW = 3
/** Words that are looked at. */
const MOST_CORRECTED = 64

/**
 * Finds documents: any of the words, all of the phrases, none of the exclusions, within the filters; best first by
 * BM25F. Every text is a query: what cannot be read is searched as words and said in `notices`.
 */
export async function search(db: Db, request: SearchRequest, options: SearchOptions): Promise<SearchResult> {
  const ranking = await rank(db, request, options)
  const { view, asked, notices, expandedWith } = ranking
  const { selected, facets } = selectAndCount(view, ranking.matches, ranking.selection)
  const offset = whole(request.offset, 0, 0, Number.MAX_SAFE_INTEGER)
  const limit = whole(request.limit, 20, 1, 200)
  const page = firstInOrder(selected, offset + limit, ranking.order).slice(offset)
  const hits = await toHits(page, asked, view, ranking.texts)
  const didYouMean = await meant(db, ranking, selected.length < FEW)
  return { total: selected.length, hits, facets, notices: fewNotices(notices), didYouMean, expandedWith }
}

/** The query without its slips of the hand: words that no document has, exchanged for the likeliest. */
async function meant(db: Db, { source, query, named, first }: Ranking, isFew: boolean): Promise<string | null> {
  if (named) return null
  const typed = query.words.flatMap(word => word.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []).slice(0, MOST_CORRECTED)
  const unknown = typed.filter(word => !tokenise(word).some(({ term }) => first.postings.has(term)))
  if (unknown.length === 0) return null
  const words = new Map<string, string>()
  for (const { word, meant, isClear } of await corrections(db, unknown))
    if (meant[0] && (isFew || isClear)) words.set(word.toLowerCase(), meant[0])
  return exchanged(source, words)
}

function fewNotices(notices: string[]): string[] {
  const distinct = [...new Set(notices.map(notice => shortened(notice, 300)))]
  if (distinct.length <= MOST_NOTICES) return distinct
  return [
    ...distinct.slice(0, MOST_NOTICES - 1),
    `${distinct.length - MOST_NOTICES + 1} more pieces were read as words.`,
  ]
}

function whole(value: number | undefined, fallback: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.trunc(value!))) : fallback
}
