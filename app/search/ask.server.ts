/** Asking the index for the words of a query: what has them, and the first scores. */
import type { Db } from '#db/index.server.ts'
import type { IndexView } from './index-view.ts'
import { havingAll, loadPostings, scoreDocuments } from './matching.server.ts'
import { type Postings, unitedPostings } from './postings.ts'
import { MOST_TERMS, type QueryTerms } from './query-terms.ts'
import { shortened } from './shortened.ts'
import { SYNONYM_WEIGHT, type Synonym, synonymPostings } from './synonyms.ts'

export interface Asked {
  postings: Map<string, Postings>
  /** The scored terms of the query, by how often it says them; synonyms by their names, with their weight. */
  terms: Map<string, number>
  /** The terms of the query by the forms that German documents have of them; empty where there are none. */
  twins: Map<string, string>
  scores: Float64Array
  /** The documents with a score, ascending. */
  scored: Int32Array
  /** Those that fit the words as far as the index knows, ascending: phrases are still to be verified. */
  fits: Int32Array
}

/** Looks the terms up, chooses among very many, and scores. */
export async function ask(
  db: Db,
  view: IndexView,
  wanted: QueryTerms,
  synonyms: readonly Synonym[],
  notices: string[],
): Promise<Asked> {
  const excluded = [...wanted.excludedWords, ...wanted.excludedPhrases.map(phrase => phrase.terms)]
  const postings = await loadPostings(db, view, [
    ...wanted.terms.keys(),
    ...excluded.flat(),
    ...synonyms.flatMap(({ ways }) => ways.flat()),
    ...[...wanted.twins.values()].flatMap(twins => [...twins]),
  ])
  const twins = new Map<string, string>()
  for (const [term, some] of wanted.twins) {
    const known = [...some].filter(twin => postings.has(twin))
    if (known.length === 0) continue
    for (const twin of known) twins.set(twin, term)
    const lists = [term, ...known].flatMap(form => postings.get(form) ?? [])
    postings.set(term, unitedPostings(lists))
  }

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
    const shown = wanted.empty.slice(0, 5).map(word => `"${shortened(word)}"`)
    notices.push(`${shown.join(', ')}: nothing in it can be searched for, so it was left out.`)
  }
  const terms = new Map([...wanted.terms].filter(([term]) => telling.has(term)))
  for (const { name, ways } of synonyms) {
    const together = synonymPostings(ways, postings)
    if (together.numbers.length === 0) continue
    postings.set(name, together)
    terms.set(name, SYNONYM_WEIGHT)
  }
  const scores = scoreDocuments(view, postings, terms)

  const barred = barredFrom(
    view,
    wanted.phrases.map(phrase => havingAll(view, postings, phrase.terms)),
    wanted.excludedWords.map(some => havingAll(view, postings, some)),
  )
  const anyWord = wanted.phrases.length > 0 || wanted.terms.size === 0
  const scored = numbersWhere(view, number => scores[number]! > 0)
  let fits = anyWord ? numbersWhere(view, number => view.documents[number] !== undefined) : scored
  if (barred) fits = fits.filter(number => barred[number] === 0)
  return { postings, terms, twins, scores, scored, fits }
}

function numbersWhere(view: IndexView, test: (number: number) => boolean): Int32Array {
  const numbers = new Int32Array(view.documents.length)
  let count = 0
  for (let number = 0; number < numbers.length; number++) if (test(number)) numbers[count++] = number
  return numbers.subarray(0, count)
}

/** By document number, 1 for those that lack one of the first or are in one of the second; null when nothing is asked. */
function barredFrom(view: IndexView, required: Uint8Array[], refused: Uint8Array[]): Uint8Array | null {
  if (required.length + refused.length === 0) return null
  const barred = new Uint8Array(view.documents.length)
  for (const [lists, bars] of [
    [required, 0],
    [refused, 1],
  ] as const)
    for (const list of lists)
      for (let number = 0; number < barred.length; number++) if (list[number] === bars) barred[number] = 1
  return barred
}
