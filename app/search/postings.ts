/**
 * Posting lists as bytes. Documents have dense numbers; a block is 1,024 of them. Terms are spread over drawers by a
 * hash, and a row of the index is one drawer in one block: a dozen terms, each with its (gap to the number before,
 * weight) pairs. A row for every term would be easier to look at and ten times as many rows to write for an import.
 *
 * A drawer's bytes: for each term, length and UTF-8 of the term, length and bytes of its pairs; all numbers as
 * LEB128 varints.
 */
export const BLOCK_BITS = 10
export const BLOCK_SIZE = 1 << BLOCK_BITS
const DRAWERS = 2048
export const DRAWER_NAMES: readonly string[] = Array.from({ length: DRAWERS }, (_, drawer) => drawer.toString(36))

export interface Postings {
  /** Document numbers, ascending. */
  numbers: Int32Array
  /** Weighted term frequency of each, in the units of `field-weights.ts`. */
  weights: Int32Array
}

/** Document number, weight, number, weight, …: ascending numbers of one block, weights of 1 or more. */
export type Pairs = number[]

export function blockOf(number: number): number {
  return number >> BLOCK_BITS
}

/** The drawer of a term: FNV-1a (Fowler, Noll, Vo) of its code units, shortened. */
export function drawerOf(term: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193)
  return ((hash ^ (hash >>> 16)) & (DRAWERS - 1)).toString(36)
}

/**
 * A drawer with new pairs added, whose numbers are higher than all in it.
 * @param data what the drawer held, if anything.
 * @param isLive whether a number in it still belongs to a document; what does not is left out.
 */
export function fillDrawer(
  data: Uint8Array | undefined,
  block: number,
  added: ReadonlyMap<string, Pairs>,
  isLive: (number: number) => boolean,
): Uint8Array {
  const known = new Set<string>()
  const append = (more: Pairs): void => {
    for (let i = 0; i < more.length; i += 2) pairsOut.pair(more[i]! - block * BLOCK_SIZE, more[i + 1]!)
  }
  const close = (term: string): void => {
    if (pairsOut.length > 0) {
      drawerOut.text(term)
      drawerOut.sized(pairsOut)
    }
    pairsOut.length = 0
  }
  drawerOut.length = 0
  if (data) {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.length)
    eachTerm(data, (start, end, pairsStart, pairsEnd) => {
      eachPair(data, pairsStart, pairsEnd, block, (number, weight) => {
        if (isLive(number)) pairsOut.pair(number - block * BLOCK_SIZE, weight)
      })
      const term = bytes.toString('utf8', start, end)
      const more = added.get(term)
      if (more) {
        known.add(term)
        append(more)
      }
      close(term)
    })
  }
  for (const [term, more] of added) {
    if (known.has(term)) continue
    append(more)
    close(term)
  }
  return drawerOut.copy()
}

/** The postings of one term out of its drawer's rows, which must be in order of block; only of live documents. */
export function findPostings(
  rows: readonly { block: number; data: Uint8Array }[],
  term: string,
  isLive: (number: number) => boolean,
): Postings {
  const wanted = Buffer.from(term)
  const found: { data: Uint8Array; block: number; start: number; end: number }[] = []
  let room = 0
  for (const { data, block } of rows)
    eachTerm(data, (start, end, pairsStart, pairsEnd) => {
      if (end - start !== wanted.length || !equalBytes(data, start, wanted)) return
      found.push({ data, block, start: pairsStart, end: pairsEnd })
      room += (pairsEnd - pairsStart) >> 1
    })
  const numbers = new Int32Array(room)
  const weights = new Int32Array(room)
  let count = 0
  for (const { data, block, start, end } of found)
    eachPair(data, start, end, block, (number, weight) => {
      if (!isLive(number)) return
      numbers[count] = number
      weights[count++] = weight
    })
  return { numbers: numbers.subarray(0, count), weights: weights.subarray(0, count) }
}

/** Visits everything that a drawer's row says. */
export function eachPosting(
  data: Uint8Array,
  block: number,
  visit: (term: string, number: number, weight: number) => void,
): void {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length)
  eachTerm(data, (start, end, pairsStart, pairsEnd) => {
    const term = bytes.toString('utf8', start, end)
    eachPair(data, pairsStart, pairsEnd, block, (number, weight) => visit(term, number, weight))
  })
}

export const NO_POSTINGS: Postings = { numbers: new Int32Array(0), weights: new Int32Array(0) }

/** Several lists as one: a document has the highest of its weights. */
export function unitedPostings([first = NO_POSTINGS, ...others]: readonly Postings[]): Postings {
  return others.reduce((one, other) => {
    const numbers = new Int32Array(one.numbers.length + other.numbers.length)
    const weights = new Int32Array(numbers.length)
    let count = 0
    let a = 0
    let b = 0
    while (a < one.numbers.length || b < other.numbers.length) {
      const left = one.numbers[a] ?? Number.POSITIVE_INFINITY
      const right = other.numbers[b] ?? Number.POSITIVE_INFINITY
      numbers[count] = Math.min(left, right)
      weights[count++] = Math.max(left <= right ? one.weights[a]! : 0, right <= left ? other.weights[b]! : 0)
      if (left <= right) a++
      if (right <= left) b++
    }
    return { numbers: numbers.subarray(0, count), weights: weights.subarray(0, count) }
  }, first)
}

/** The documents that are in all lists, each with the lowest of its weights. */
export function commonPostings(lists: readonly Postings[]): Postings {
  const [rarest = NO_POSTINGS, ...others] = lists.toSorted((a, b) => a.numbers.length - b.numbers.length)
  return others.reduce<Postings>((one, other) => {
    const numbers = new Int32Array(one.numbers.length)
    const weights = new Int32Array(one.numbers.length)
    let count = 0
    let at = 0
    for (let index = 0; index < one.numbers.length; index++) {
      const number = one.numbers[index]!
      at = leapTo(other.numbers, number, at)
      if (other.numbers[at] !== number) continue
      numbers[count] = number
      weights[count++] = Math.min(one.weights[index]!, other.weights[at]!)
    }
    return { numbers: numbers.subarray(0, count), weights: weights.subarray(0, count) }
  }, rarest)
}

/** The first place from `from` on where a number is not below `wanted`: in doubling steps, then by halving. */
export function leapTo(numbers: Int32Array, wanted: number, from: number): number {
  let low = from
  let step = 1
  while (low + step < numbers.length && numbers[low + step]! < wanted) {
    low += step
    step *= 2
  }
  let high = Math.min(numbers.length, low + step + 1)
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** Comes to an end on any bytes, should a row be damaged. */
function eachTerm(
  data: Uint8Array,
  visit: (start: number, end: number, pairsStart: number, pairsEnd: number) => void,
): void {
  const read = new ByteReader(data, 0)
  while (read.at < data.length) {
    const termLength = read.varint() >>> 0
    const start = read.at
    read.at += termLength
    const pairsLength = read.varint() >>> 0
    visit(start, start + termLength, read.at, Math.min(read.at + pairsLength, data.length))
    read.at += pairsLength
  }
}

function eachPair(
  data: Uint8Array,
  from: number,
  to: number,
  block: number,
  visit: (number: number, weight: number) => void,
): void {
  const read = new ByteReader(data, from)
  while (read.at < to) visit(block * BLOCK_SIZE + read.varint(), read.varint())
}

class ByteReader {
  at: number
  constructor(
    private readonly data: Uint8Array,
    from: number,
  ) {
    this.at = from
  }

  varint(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.data[this.at++]!
      value |= (byte & 0x7f) << shift
      // Past the end there is no byte, which is not higher either.
      if (!(byte >= 0x80)) return value
    }
  }
}

class ByteWriter {
  #data = Buffer.alloc(4096)
  length = 0

  varint(value: number): void {
    this.#reserve(5)
    let rest = value
    while (rest >= 0x80) {
      this.#data[this.length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#data[this.length++] = rest
  }

  pair(first: number, second: number): void {
    this.varint(first)
    this.varint(second)
  }

  /** Text in UTF-8 with its length in bytes in front. */
  text(text: string): void {
    const size = Buffer.byteLength(text)
    this.varint(size)
    this.#reserve(size)
    this.length += this.#data.write(text, this.length)
  }

  /** What another one holds, with its length in front. */
  sized(other: ByteWriter): void {
    this.varint(other.length)
    this.#reserve(other.length)
    other.#data.copy(this.#data, this.length, 0, other.length)
    this.length += other.length
  }

  copy(): Uint8Array {
    return Buffer.from(this.#data.subarray(0, this.length))
  }

  #reserve(count: number): void {
    if (this.length + count <= this.#data.length) return
    const larger = Buffer.alloc(Math.max(this.#data.length * 2, this.length + count))
    this.#data.copy(larger)
    this.#data = larger
  }
}

/** Used over and over: an import fills a hundred thousand drawers, and garbage of bytes is dear. */
const drawerOut = new ByteWriter()
const pairsOut = new ByteWriter()

function equalBytes(data: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (data[at + i] !== wanted[i]) return false
  return true
}
