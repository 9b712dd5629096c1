/** From a query to the terms that the index is asked for. */
import { germanStopTerms, germanTwins } from './languages.ts'
import { type Phrase, readPhrase } from './phrases.ts'
import type { Query } from './query-language.ts'
import { tokenise } from './tokenise.ts'

/** As many terms are scored; more would only add what is common. */
export const MOST_TERMS = 64

export interface QueryTerms {
  /** What may be scored, and how often the query says it. */
  terms: Map<string, number>
  /** What German documents have instead of some of the terms. */
  twins: Map<string, Set<string>>
  phrases: Phrase[]
  /** A document that has all terms of one of these is left out. */
  excludedWords: string[][]
  excludedPhrases: Phrase[]
  /** Words and phrases in which there is nothing to search for. */
  empty: string[]
}

export function readTerms(query: Query): QueryTerms {
  const terms = new Map<string, number>()
  const empty: string[] = []
  const indexed = (text: string): string[] => {
    const found = tokenise(text)
      .filter(token => token.kind !== 'stop')
      .map(token => token.term)
    if (found.length === 0) empty.push(text)
    return found
  }
  const score = (term: string): void => {
    terms.set(term, (terms.get(term) ?? 0) + 1)
  }
  for (const phrase of query.phrases) for (const { term, kind } of tokenise(phrase)) if (kind !== 'stop') score(term)
  for (const word of query.words) for (const term of indexed(word)) score(term)
  const said = [...query.words, ...query.phrases, ...query.excluded.words, ...query.excluded.phrases].join('\n')
  const held = germanStopTerms(query.words.join(' '))
  // A query of such words alone asks for them.
  if ([...terms.keys()].some(term => !held.has(term))) for (const term of held) terms.delete(term)
  const phrases = (texts: string[]): Phrase[] =>
    texts.flatMap(text => {
      const phrase = readPhrase(text)
      if (!phrase) empty.push(text)
      return phrase ?? []
    })
  return {
    terms,
    twins: germanTwins(said),
    phrases: phrases(query.phrases).slice(0, MOST_TERMS),
    excludedWords: query.excluded.words
      .map(word => [...new Set(indexed(word))])
      .filter(some => some.length > 0)
      .slice(0, MOST_TERMS),
    excludedPhrases: phrases(query.excluded.phrases).slice(0, MOST_TERMS),
    empty,
  }
}
