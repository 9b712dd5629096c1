/**
 * A memory of what was made of the words met so far. A hash table of our own, because it looks a word up where it
 * stands in the text: a Map needs it cut out first and takes twice as long, which half of indexing is spent on.
 */
const CAPACITY = 1 << 17
const SLOTS = CAPACITY * 2

export class WordTable<T> {
  readonly #make: (word: string) => T
  readonly #longest: number
  /** A seed that nobody knows keeps chosen words from falling into one slot. */
  readonly #seed = Math.floor(Math.random() * 2 ** 31)
  /** Index of an entry, 0 for none; open addressing. */
  readonly #slots = new Int32Array(SLOTS)
  readonly #hashes = new Int32Array(CAPACITY)
  #words: string[] = ['']
  #made: (T | undefined)[] = [undefined]

  /**
   * @param make what is remembered of a word.
   * @param longest of a longer word only so much is read.
   */
  constructor(make: (word: string) => T, longest: number) {
    this.#make = make
    this.#longest = longest
  }

  /** What was made of the word from `start` to `end`, or is made of it now. */
  at(text: string, start: number, end: number): T {
    const stop = Math.min(end, start + this.#longest)
    let hash = this.#seed
    for (let i = start; i < stop; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    for (let index = this.#slots[slot]!; index !== 0; index = this.#slots[slot]!) {
      if (this.#hashes[index] === hash && stands(this.#words[index]!, text, start, stop)) return this.#made[index]!
      slot = (slot + 1) & (SLOTS - 1)
    }
    // A slice keeps the document alive that it was cut from; a copy made this way does not.
    const word = ` ${text.slice(start, stop)}`.slice(1)
    const made = this.#make(word)
    if (this.#words.length === CAPACITY) this.#forget()
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
