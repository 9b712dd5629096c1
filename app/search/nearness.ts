/** How near a short text comes to what was asked, for lists that are too small to index: themes and guides. */
import { tokenise } from './tokenise.ts'

/**
 * Those of the list that share words with the query, the nearest first: rare words of the list count more.
 * @param textsOf what an entry is known by; its first text counts double.
 */
export function nearest<T>(
  query: string,
  list: readonly T[],
  textsOf: (entry: T) => readonly string[],
  most: number,
): T[] {
  const asked = new Set(termsOf(query))
  if (asked.size === 0) return []
  const known = list.map(entry => {
    const [name = '', ...others] = textsOf(entry)
    return { entry, name: new Set(termsOf(name)), others: new Set(others.flatMap(termsOf)) }
  })
  const carriers = (term: string): number => known.filter(one => one.name.has(term) || one.others.has(term)).length
  const worth = new Map([...asked].map(term => [term, 1 / (1 + carriers(term))]))
  return known
    .map(({ entry, name, others }) => {
      let score = 0
      for (const [term, tells] of worth) score += name.has(term) ? 2 * tells : others.has(term) ? tells : 0
      return { entry, score }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ entry }) => entry)
}

function termsOf(text: string): string[] {
  return tokenise(text.slice(0, 20_000))
    .filter(token => token.kind !== 'stop')
    .map(token => token.term)
}
