/** Phrases are not in the index: they are looked for in the texts of the documents that have all their words. */
import { forEachToken, tokenise } from './tokenise.ts'

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
  const sequences = texts.map(text => {
    const sequence: string[] = []
    forEachToken(text, (term, _position, _start, _end, kind) => {
      if (kind !== 'whole') sequence.push(term)
    })
    return sequence
  })
  return phrases.map(phrase => sequences.some(sequence => follows(sequence, phrase.sequence)))
}

function follows(sequence: readonly string[], wanted: readonly string[]): boolean {
  for (let start = sequence.indexOf(wanted[0]!); start >= 0; start = sequence.indexOf(wanted[0]!, start + 1)) {
    let length = 1
    while (length < wanted.length && sequence[start + length] === wanted[length]) length++
    if (length === wanted.length) return true
  }
  return false
}
