/**
 * Words that mean the same as some of the query's, such as `oom` and "out of memory": searched for too, at a lower
 * weight. All of a group's together are one term, which a document has as often as it has the most frequent of them
 * (the synonym operator of INQUERY; Callan, Croft & Harding, DEXA 1992), so that a long group is worth no more than a
 * short one.
 */
import { commonPostings, type Postings, unitedPostings } from './postings.ts'
import { tokenise } from './tokenise.ts'

/** Words and phrases that mean the same. */
export type SynonymGroup = readonly string[]

/** What a query was expanded with, for the page. */
export interface Expansion {
  /** The word or phrase of the query, as its group has it. */
  said: string
  with: string[]
}

/** One group of which the query says something. */
export interface Synonym extends Expansion {
  /** Its name among the scored terms, which no text has. */
  name: string
  /** The terms of each other word or phrase. */
  ways: string[][]
}

/** How much a group counts beside the word that was typed. */
export const SYNONYM_WEIGHT = 0.3
/** More groups than a person would mean are not looked at. */
const MOST_GROUPS = 4
const MOST_WAYS = 24

/** The groups that the words of a query belong to, in the order of the groups. */
export function synonymsOf(words: readonly string[], groups: readonly SynonymGroup[]): Synonym[] {
  const said = ` ${runningTerms(words.join(' ')).join(' ')} `
  if (said.trim() === '') return []
  const found: Synonym[] = []
  for (const group of groups) {
    const own = group.find(text => {
      const terms = runningTerms(text)
      return terms.length > 0 && said.includes(` ${terms.join(' ')} `)
    })
    if (own === undefined) continue
    const others = group.filter(text => !said.includes(` ${runningTerms(text).join(' ')} `)).slice(0, MOST_WAYS)
    const ways = others.map(text => [...new Set(indexedTerms(text))])
    const isSearched = ways.map(terms => terms.length > 0)
    if (!isSearched.includes(true)) continue
    found.push({
      said: own,
      with: others.filter((_, index) => isSearched[index]),
      name: ` ${own}`,
      ways: ways.filter(terms => terms.length > 0),
    })
    if (found.length === MOST_GROUPS) break
  }
  return found
}

/** Where any of the ways is: all the words of one of them, as often as the rarest of its words. */
export function synonymPostings(ways: readonly string[][], postings: ReadonlyMap<string, Postings>): Postings {
  return unitedPostings(
    ways.flatMap(terms => {
      const lists = terms.flatMap(term => postings.get(term) ?? [])
      return lists.length === terms.length ? commonPostings(lists) : []
    }),
  )
}

/** Words in their order, common ones included. */
function runningTerms(text: string): string[] {
  return tokenise(text)
    .filter(token => token.kind !== 'whole')
    .map(token => token.term)
}

function indexedTerms(text: string): string[] {
  return tokenise(text)
    .filter(token => token.kind === 'word' || token.kind === 'part')
    .map(token => token.term)
}
