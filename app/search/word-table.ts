/**
 * A memory of what was made of the words met so far. A hash table of our own, because it looks a word up where it
 * stands in the text: a Map needs it cut out first and takes twice as long, which half of indexing is spent on.
 */
/** Of the hash by Fowler, Noll and Vo. */
const PRIME = 0x01000193

export class WordTable<T> {
  readonly #make: (word: string) => T
  readonly #longest: number
  readonly #capacity: number
  readonly #lastSlot: number
  /** A seed that nobody knows keeps chosen words from falling into one slot. */
  readonly #seed = Math.floor(Math.random() * 2 ** 31)
  /** Index of an entry, 0 for none; open addressing. */
  readonly #slots: Int32Array
  readonly #hashes: Int32Array
  #scanned = 0
  #words: string[] = ['']
  #made: (T | undefined)[] = [undefined]

  /**
   * @param make what is remembered of a word.
   * @param longest of a longer word only so much is read.
   * @param capacity so many words are remembered; a power of two.
   */
  constructor(make: (word: string) => T, { longest, capacity = 1 << 17 }: { longest: number; capacity?: number }) {
    this.#make = make
    this.#longest = longest
    this.#capacity = capacity
    this.#lastSlot = capacity * 2 - 1
    this.#slots = new Int32Array(capacity * 2)
    this.#hashes = new Int32Array(capacity)
  }

  /** What was made of the word from `start` to `end`, or is made of it now. */
  at(text: string, start: number, end: number): T {
    const stop = Math.min(end, start + this.#longest)
    let hash = this.#seed
    for (let i = start; i < stop; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
    return this.#find(text, start, stop, hash)
  }

  /**
   * Where the word that begins at `start` ends if it goes on with small letters of ASCII only, as most words do. The
   * hash is taken on the way, for `scanned`.
   */
  scan(text: string, start: number): number {
    const last = Math.min(text.length, start + this.#longest)
    let hash = Math.imul(this.#seed ^ text.charCodeAt(start), PRIME)
    let at = start + 1
    for (; at < last; at++) {
      const code = text.charCodeAt(at)
      if (code < 0x61 || code > 0x7a) break
      hash = Math.imul(hash ^ code, PRIME)
    }
    this.#scanned = hash
    return at
  }

  /** What was made of the word that was scanned last, from `start` to `end`. */
  scanned(text: string, start: number, end: number): T {
    return this.#find(text, start, end, this.#scanned)
  }

  #find(text: string, start: number, stop: number, hash: number): T {
    let slot = (hash ^ (hash >>> 15)) & this.#lastSlot
    for (let index = this.#slots[slot]!; index !== 0; index = this.#slots[slot]!) {
      if (this.#hashes[index] === hash && stands(this.#words[index]!, text, start, stop)) return this.#made[index]!
      slot = (slot + 1) & this.#lastSlot
    }
    // A slice keeps the document alive that it was cut from; a copy made this way does not.
    const word = ` ${text.slice(start, stop)}`.slice(1)
    const made = this.#make(word)
    if (this.#words.length === this.#capacity) this.#forget()
    else {
      this.#slots[slot] = this.#words.length
      this.#hashes[this.#words.length] = hash
      this.#words.push(word)
      this.#made.push(made)
    }
    return made
  }

  /** Forgetting everything is simpler than choosing, and rare. */
  #forget(): void {
    this.#slots.fill(0)
    this.#words = ['']
    this.#made = [undefined]
  }
}

function stands(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}
