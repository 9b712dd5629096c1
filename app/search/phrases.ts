/** Phrases are not in the index: they are looked for in the texts of the documents that have all their words. */
import { numberOf, type Sequence } from './sequences.ts'
import { tokenise } from './tokenise.ts'

/** Of a longer phrase the beginning is looked for. */
const LONGEST_PHRASE = 64

export interface Phrase {
  text: string
  /** The words in their order, common ones included. */
  sequence: Sequence
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
  return { text, sequence: Int32Array.from(tokens, token => numberOf(token.term)), terms: [...new Set(indexed)] }
}
