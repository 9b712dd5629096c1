/** The words by which near misses are found: without accents and capitals, each once. */
import { folded } from '#app/identity/folded.ts'

/** Longest word that is kept; a longer one is found by its beginning. */
const LONGEST = 40

export function wordsOf(...texts: string[]): string[] {
  const words = texts.flatMap(text => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [])
  return [...new Set(words.map(word => [...word].slice(0, LONGEST).join('')))]
}
