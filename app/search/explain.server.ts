/** Why a hit stands where it stands: the parts of its score. */
import type { Db } from '#db/index.server.ts'
import type { DocumentTexts } from './document.ts'
import { languageOfTexts, UNIT } from './field-weights.ts'
import type { IndexedDocument } from './index-view.ts'
import { forEachTokenIn } from './languages.ts'
import { priorsOf } from './prior.ts'
import { rank } from './rank.server.ts'
import { inverseFrequency, partOf, scoredTerm } from './ranking.ts'
import type { SearchOptions, SearchRequest } from './request.ts'

export const EXPLAINED_FIELDS = ['title', 'names', 'summary', 'factors', 'lessons', 'actions', 'body'] as const
/** `names` are the key, the external id and the labels of services and themes. */
export type ExplainedField = (typeof EXPLAINED_FIELDS)[number]

export interface ExplainedTerm {
  /** As it is indexed; of a synonym the word that was typed. */
  term: string
  /** Typed, meaning the same as what was typed, or learnt from the best documents. */
  from: 'query' | 'synonym' | 'feedback'
  /** How many documents have it. */
  documents: number
  /** What its rarity is worth. */
  inverseFrequency: number
  /** Its weight in the query. */
  weight: number
  /** What it adds to the score. */
  score: number
  /** How often each field has it; those that have it only. None for synonyms. */
  fields: { field: ExplainedField; times: number }[]
}

export interface Explanation {
  subjectId: string
  /** Its place among all hits, from 1. */
  place: number
  total: number
  score: number
  /** Whether the query is its key or external id, which goes before every score. */
  isNamed: boolean
  /** The parts that words add, the largest first. */
  terms: ExplainedTerm[]
  /** By what the sum of the parts is multiplied, for being more recent and richer; 1 for nothing. */
  prior: number
}

/** @returns null when the request does not find the document. */
export async function explain(
  db: Db,
  request: SearchRequest,
  subjectId: string,
  options: SearchOptions,
): Promise<Explanation | null> {
  const { view, asked, first, learnt, matches, order, named, texts } = await rank(db, request, options)
  const document = view.find(subjectId)
  if (!document || !matches.includes(document.number)) return null
  const { number } = document
  const read = (await texts([subjectId])).get(subjectId)
  const again = learnt?.numbers.includes(number) ? learnt : { terms: first.terms, scale: 1 }
  const terms: ExplainedTerm[] = []
  for (const [term, weight] of again.terms) {
    const postings = asked.postings.get(term)
    const at = postings?.numbers.indexOf(number) ?? -1
    if (!postings || at < 0) continue
    const isSynonym = term.startsWith(' ')
    terms.push({
      term: term.trim(),
      from: isSynonym ? 'synonym' : first.terms.has(term) ? 'query' : 'feedback',
      documents: postings.numbers.length,
      inverseFrequency: inverseFrequency(view.count, postings.numbers.length),
      weight,
      score: again.scale * partOf(scoredTerm(postings, view, UNIT, weight), at),
      fields: isSynonym || !read ? [] : fieldsOf(document, read, formsOf(term, asked.twins)),
    })
  }
  return {
    subjectId,
    place: 1 + matches.filter(other => order(other, number) < 0).length,
    total: matches.length,
    score: asked.scores[number]!,
    isNamed: named === document,
    terms: terms.sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1)),
    prior: priorsOf(view)[number]!,
  }
}

/** A term and what German documents have instead of it. */
function formsOf(term: string, twins: ReadonlyMap<string, string>): Set<string> {
  return new Set([term, ...[...twins].filter(([, said]) => said === term).map(([twin]) => twin)])
}

function fieldsOf(
  document: IndexedDocument,
  texts: DocumentTexts,
  forms: ReadonlySet<string>,
): ExplainedTerm['fields'] {
  const { services, themes } = document.stored
  const names = [...document.identifiers, ...[...services, ...themes].map(({ label }) => label)]
  const all: Record<ExplainedField, string> = { ...texts, names: names.join('\n') }
  const language = languageOfTexts(texts)
  return EXPLAINED_FIELDS.flatMap(field => {
    let times = 0
    forEachTokenIn(language, all[field], (found, _position, _start, _end, kind) => {
      if (forms.has(found) && kind !== 'stop') times++
    })
    return times > 0 ? [{ field, times }] : []
  })
}
