/**
 * The words of all documents and, to find those near a mistyped one, a table of their pairs of letters: two words
 * within so many slips share all but a few of them (Ukkonen, "Approximate string-matching with q-grams", 1992).
 */
import { type Candidate, forgiven, slipsBetween } from './did-you-mean.ts'

/** More words than this are not kept: some thirty megabytes. */
const CAPACITY = 250_000
/** A slip changes at most so many pairs: a swap of neighbours is in three of them. */
const PAIRS_A_SLIP = 3
/** The best by slips and by shared pairs; which of them is used most is for others to say. */
const MOST_CANDIDATES = 24

export class Lexicon {
  readonly #words: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #byPair = new Map<number, number[]>()
  #shared = new Uint8Array(1024)

  get size(): number {
    return this.#words.length
  }

  add(word: string): void {
    if (this.#numbers.has(word) || this.#words.length >= CAPACITY) return
    const number = this.#words.push(word) - 1
    this.#numbers.set(word, number)
    for (const pair of pairsOf(word)) {
      const numbers = this.#byPair.get(pair)
      if (numbers) numbers.push(number)
      else this.#byPair.set(pair, [number])
    }
    if (number >= this.#shared.length) {
      const larger = new Uint8Array(this.#shared.length * 2)
      larger.set(this.#shared)
      this.#shared = larger
    }
  }

  /** The words nearest to a typed one, but for itself. */
  near(typed: string): Candidate[] {
    const most = forgiven(typed)
    if (most === 0) return []
    const shared = this.#shared
    const met: number[] = []
    const pairs = pairsOf(typed)
    for (const pair of pairs)
      for (const number of this.#byPair.get(pair) ?? []) {
        if (shared[number] === 0) met.push(number)
        shared[number]!++
      }
    const least = Math.max(1, pairs.length - PAIRS_A_SLIP * most)
    const found: (Candidate & { shared: number })[] = []
    for (const number of met) {
      const word = this.#words[number]!
      if (shared[number]! < least || Math.abs(word.length - typed.length) > most || word === typed) continue
      const slips = slipsBetween(typed, word, most)
      if (slips <= most) found.push({ word, slips, shared: shared[number]! })
    }
    for (const number of met) shared[number] = 0
    return found
      .sort((a, b) => a.slips - b.slips || b.shared - a.shared || (a.word < b.word ? -1 : 1))
      .slice(0, MOST_CANDIDATES)
      .map(({ word, slips }) => ({ word, slips }))
  }
}

/** The pairs of neighbouring letters, the first and the last with the edge of the word; each once. */
function pairsOf(word: string): number[] {
  const pairs = new Set<number>()
  for (let at = 0; at <= word.length; at++)
    pairs.add((at > 0 ? word.charCodeAt(at - 1) : 0) * 0x10000 + (at < word.length ? word.charCodeAt(at) : 0))
  return [...pairs]
}
