/** A word that nobody wrote, and the words that were probably meant. */

/** Shorter words have too many neighbours; longer ones are data. */
const SHORTEST = 4
const LONGEST = 32
/** From this length on two slips are forgiven, else one. */
const LONG = 7
/** Without a doubt is what one plain slip explains, in a long word two light ones (see slips.ts for what they cost). */
const PLAIN = 8.5
const PLAIN_IN_LONG = 12
/** And what is so much likelier than the next, as a logarithm. */
const CLEARLY = Math.log(4)

export interface Candidate {
  word: string
  slips: number
  /** How unlikely it is that it was typed like this. */
  cost: number
}

export interface Likely extends Candidate {
  /** The logarithm of how likely it was meant; comparable among the candidates of one word only. */
  likelihood: number
}

/** The words of a text that can be meant, each once, in small letters: no numbers, no very short words. */
export function correctableWords(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/(?<![\p{L}\p{M}])\p{L}[\p{L}\p{M}]{3,31}(?![\p{L}\p{M}])/gu) ?? [])
}

/**
 * How many slips may lie between what was typed and a word of a length; none at all when it is too short or too long
 * to be corrected. A long word stays one when two of its letters were missed.
 */
export function forgiven(typed: string, length: number): number {
  if (typed.length < SHORTEST || typed.length > LONGEST) return 0
  return Math.max(typed.length, length - 1) >= LONG ? 2 : 1
}

/**
 * Candidates in the order of likelihood: how often a word is used, times how likely it is to be mistyped like this (the
 * noisy channel; Kernighan, Church & Gale, COLING 1990). Of two as likely the first in the alphabet, so that both
 * databases agree.
 */
export function likeliest(candidates: readonly Candidate[], usesOf: (word: string) => number): Likely[] {
  return candidates
    .map(candidate => ({ ...candidate, likelihood: Math.log(usesOf(candidate.word)) - candidate.cost }))
    .sort((a, b) => b.likelihood - a.likelihood || (a.word < b.word ? -1 : 1))
}

/** Whether the first of these was meant without much doubt, rather than another or a word that is simply not there. */
export function isClear([first, second]: readonly Likely[]): boolean {
  if (!first || first.cost > (first.word.length > LONG ? PLAIN_IN_LONG : PLAIN)) return false
  return !second || first.likelihood - second.likelihood >= CLEARLY
}

/** The query with some of its words exchanged, everything else as it was typed; null when nothing would change. */
export function exchanged(query: string, words: ReadonlyMap<string, string>): string | null {
  if (words.size === 0) return null
  const corrected = query.replace(/\p{L}[\p{L}\p{M}]*/gu, word => words.get(word.toLowerCase()) ?? word)
  return corrected === query ? null : corrected
}
