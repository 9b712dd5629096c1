/**
 * The words of all documents and, to find those near a mistyped one, a table of their pairs of letters: two words
 * within so many slips share all but a few of them (Ukkonen, "Approximate string-matching with q-grams", 1992).
 */
import { type Candidate, forgiven } from './did-you-mean.ts'
import { costOf, slipsBetween } from './slips.ts'

/** More words than this are not kept: some thirty megabytes. */
const CAPACITY = 250_000
/** A slip changes at most so many pairs: a swap of neighbours is in three of them. */
const PAIRS_A_SLIP = 3
const MOST_SLIPS = 2
/** The likeliest slips; which of these words is used most is for others to say. */
const MOST_CANDIDATES = 24

export class Lexicon {
  readonly #words: string[] = []
  readonly #numbers = new Map<string, number>()
  /** By length, as slips hardly change it; then by pair. */
  readonly #byPair = new Map<number, Map<number, number[]>>()
  #shared = new Uint8Array(1024)

  get size(): number {
    return this.#words.length
  }

  add(word: string): void {
    if (this.#numbers.has(word) || this.#words.length >= CAPACITY) return
    const number = this.#words.push(word) - 1
    this.#numbers.set(word, number)
    let byPair = this.#byPair.get(word.length)
    if (!byPair) {
      byPair = new Map()
      this.#byPair.set(word.length, byPair)
    }
    for (const pair of pairsOf(word)) {
      const numbers = byPair.get(pair)
      if (numbers) numbers.push(number)
      else byPair.set(pair, [number])
    }
    if (number >= this.#shared.length) {
      const larger = new Uint8Array(this.#shared.length * 2)
      larger.set(this.#shared)
      this.#shared = larger
    }
  }

  /** The words nearest to a typed one, but for itself: those that are likeliest to be mistyped like this. */
  near(typed: string): Candidate[] {
    const found: Candidate[] = []
    const pairs = pairsOf(typed)
    for (let length = typed.length - MOST_SLIPS; length <= typed.length + MOST_SLIPS; length++) {
      const most = forgiven(typed, length)
      if (Math.abs(length - typed.length) > most) continue
      for (const word of this.#sharing(pairs, length, Math.max(1, pairs.length - PAIRS_A_SLIP * most))) {
        const slips = word === typed ? 0 : slipsBetween(typed, word, most)
        if (slips > 0 && slips <= most) found.push({ word, slips, cost: costOf(word, typed) })
      }
    }
    return found.sort((a, b) => a.cost - b.cost || (a.word < b.word ? -1 : 1)).slice(0, MOST_CANDIDATES)
  }

  /** The words of a length that have at least so many of these pairs. */
  #sharing(pairs: readonly number[], length: number, least: number): string[] {
    const byPair = this.#byPair.get(length)
    if (!byPair) return []
    const shared = this.#shared
    const met: number[] = []
    for (const pair of pairs)
      for (const number of byPair.get(pair) ?? []) {
        if (shared[number] === 0) met.push(number)
        shared[number]!++
      }
    const words: string[] = []
    for (const number of met) {
      if (shared[number]! >= least) words.push(this.#words[number]!)
      shared[number] = 0
    }
    return words
  }
}

/** The pairs of neighbouring letters, the first and the last with the edge of the word; each once. */
function pairsOf(word: string): number[] {
  const pairs = new Set<number>()
  for (let at = 0; at <= word.length; at++)
    pairs.add((at > 0 ? word.charCodeAt(at - 1) : 0) * 0x10000 + (at < word.length ? word.charCodeAt(at) : 0))
  return [...pairs]
}
