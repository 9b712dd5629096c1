/**
 * The running text of documents as numbers, one for each word, kept in the process: a phrase is looked for in them
 * without asking for the text again. By document number, which a changed document does not keep.
 */
import { forEachToken } from './tokenise.ts'

export type Sequence = Int32Array

/** So many words are kept, at four bytes each: ten thousand postmortems have about five million. */
const CAPACITY = 8_000_000
/** Stands between two texts and is no word's number. */
const GAP = 0

export class Sequences {
  readonly #kept = new Map<number, Sequence>()
  readonly #capacity: number
  #size = 0

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity
  }

  get(document: number): Sequence | undefined {
    const found = this.#kept.get(document)
    if (found) {
      // Set again it is the last in order, so that the first is the one that was not asked for the longest.
      this.#kept.delete(document)
      this.#kept.set(document, found)
    }
    return found
  }

  add(document: number, texts: readonly string[]): Sequence {
    const sequence = sequenceOf(texts)
    this.#drop(document)
    if (sequence.length > this.#capacity) return sequence
    this.#kept.set(document, sequence)
    this.#size += sequence.length
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#capacity) break
      this.#drop(oldest)
    }
    return sequence
  }

  #drop(document: number): void {
    this.#size -= this.#kept.get(document)?.length ?? 0
    this.#kept.delete(document)
  }
}

export function sequenceOf(texts: readonly string[]): Sequence {
  const numbers: number[] = []
  for (const text of texts) {
    forEachToken(text, (term, _position, _start, _end, kind) => {
      if (kind !== 'whole') numbers.push(numberOf(term))
    })
    numbers.push(GAP)
  }
  return Int32Array.from(numbers)
}

/** Whether these words stand one after the other. */
export function follows(sequence: Sequence, wanted: Sequence): boolean {
  for (let start = sequence.indexOf(wanted[0]!); start >= 0; start = sequence.indexOf(wanted[0]!, start + 1)) {
    let length = 1
    while (length < wanted.length && sequence[start + length] === wanted[length]) length++
    if (length === wanted.length) return true
  }
  return false
}

/**
 * FNV-1a (Fowler, Noll, Vo) of a term. Two words that share one of four billion numbers would be taken for each other,
 * and only where their neighbours in the phrase stand beside them.
 */
export function numberOf(term: string): number {
  let hash = 0x811c9dc5 | 0
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193)
  return hash === GAP ? 1 : hash
}
