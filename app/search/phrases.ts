/** Phrases are not in the index: they are looked for in the texts of the documents that have all their words. */
import { firstLetters, forEachToken, tokenise } from './tokenise.ts'

/** Of a longer phrase the beginning is looked for. */
const LONGEST_PHRASE = 64

export interface Phrase {
  text: string
  /** The terms in their order, common words included. */
  sequence: string[]
  /** Those that the index has, each once. */
  terms: string[]
}

/** @returns null when there is no word in it. */
export function readPhrase(text: string): Phrase | null {
  const tokens = tokenise(text)
    .filter(token => token.kind !== 'whole')
    .slice(0, LONGEST_PHRASE)
  if (tokens.length === 0) return null
  const indexed = tokens.filter(token => token.kind !== 'stop').map(token => token.term)
  return { text, sequence: tokens.map(token => token.term), terms: [...new Set(indexed)] }
}

/** Whether the words follow each other in one of the texts, in any of their forms. */
export function hasPhrase(texts: readonly string[], phrases: readonly Phrase[]): boolean[] {
  const wanted = new Set(phrases.flatMap(phrase => phrase.sequence))
  const letters = firstLetters(wanted)
  const has = phrases.map(() => false)
  for (const text of texts) {
    const found: { term: string; position: number }[] = []
    forEachToken(
      text,
      (term, position, _start, _end, kind) => {
        if (kind !== 'whole' && wanted.has(term)) found.push({ term, position })
      },
      letters,
    )
    phrases.forEach((phrase, index) => {
      has[index] ||= follows(found, phrase.sequence)
    })
  }
  return has
}

/** Whether all words of the sequence are there one after the other. Nothing else is in `found`, so they are neighbours. */
function follows(found: readonly { term: string; position: number }[], sequence: readonly string[]): boolean {
  return found.some(
    (first, start) =>
      first.term === sequence[0] &&
      sequence.every((term, place) => {
        const other = found[start + place]
        return other?.term === term && other.position === first.position + place
      }),
  )
}
