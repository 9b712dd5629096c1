/** A word that nobody wrote, and the words that were probably meant: by the fewest slips of the hand. */

/** Shorter words have too many neighbours; longer ones are data. */
const SHORTEST = 4
const LONGEST = 32
/** From this length on two slips are forgiven, else one. */
const LONG = 7

export interface Candidate {
  word: string
  slips: number
}

/** The words of a text that can be meant, each once, in small letters: no numbers, no very short words. */
export function correctableWords(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/(?<![\p{L}\p{M}])\p{L}[\p{L}\p{M}]{3,31}(?![\p{L}\p{M}])/gu) ?? [])
}

/** How many slips are forgiven in a word; none at all when it is too short or too long to be corrected. */
export function forgiven(word: string): number {
  if (word.length < SHORTEST || word.length > LONGEST) return 0
  return word.length >= LONG ? 2 : 1
}

/** How much less likely a word is for each slip, and for one at its first letter, which is seldom mistyped. */
const SLIP = Math.log(200)
const FIRST_LETTER = Math.log(6)

/**
 * Candidates in the order of likelihood: how often a word is used, times how likely it is to be mistyped like this (the
 * noisy channel; Kernighan, Church & Gale, COLING 1990; first letters: Yannakoudakis & Fawthrop, 1983). Of two as
 * likely the first in the alphabet, so that both databases agree.
 */
export function likeliest(typed: string, candidates: readonly Candidate[], usesOf: (word: string) => number): string[] {
  const weighed = candidates.map(({ word, slips }) => ({
    word,
    likelihood: Math.log(usesOf(word)) - SLIP * slips - (word[0] === typed[0] ? 0 : FIRST_LETTER),
  }))
  return weighed.sort((a, b) => b.likelihood - a.likelihood || (a.word < b.word ? -1 : 1)).map(({ word }) => word)
}

const WIDEST = 128
const rows = [new Uint8Array(WIDEST), new Uint8Array(WIDEST), new Uint8Array(WIDEST)]

/**
 * Letters missed, added, exchanged or swapped with their neighbour: the optimal string alignment distance (Damerau,
 * CACM 7/3, 1964; Levenshtein, 1966), over at most 127 code units. Gives up with a number above `most` as soon as it
 * must be more.
 */
export function slipsBetween(one: string, other: string, most: number): number {
  const width = Math.min(other.length, WIDEST - 1)
  const height = Math.min(one.length, WIDEST - 1)
  let [before, above, current] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let column = 0; column <= width; column++) above[column] = column
  for (let row = 1; row <= height; row++) {
    const letter = one.charCodeAt(row - 1)
    let least = row
    current[0] = row
    for (let column = 1; column <= width; column++) {
      const cost = letter === other.charCodeAt(column - 1) ? 0 : 1
      let slips = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + cost)
      if (
        row > 1 &&
        column > 1 &&
        letter === other.charCodeAt(column - 2) &&
        one.charCodeAt(row - 2) === other.charCodeAt(column - 1)
      )
        slips = Math.min(slips, before[column - 2]! + 1)
      current[column] = slips
      if (slips < least) least = slips
    }
    if (least > most) return most + 1
    ;[before, above, current] = [above, current, before]
  }
  return above[width]!
}

/** The query with some of its words exchanged, everything else as it was typed; null when nothing would change. */
export function exchanged(query: string, words: ReadonlyMap<string, string>): string | null {
  if (words.size === 0) return null
  const corrected = query.replace(/\p{L}[\p{L}\p{M}]*/gu, word => words.get(word.toLowerCase()) ?? word)
  return corrected === query ? null : corrected
}
