/**
 * Posting lists that searches have asked for, kept in the process within a bound. A block that numbers have passed is
 * never written again, so a list that was read once is only ever continued from there.
 */
import type { Db } from '#db/index.server.ts'
import { blockOf, drawerOf, findPostings, NO_POSTINGS, type Postings } from './postings.ts'
import { type DrawerRow, drawersFrom } from './search-queries.server.ts'

/** So many postings are kept, at eight bytes each. */
const CAPACITY = 8_000_000
/** What an entry takes beside its postings, in postings. */
const OVERHEAD = 32

/** What the cache asks of a view of the index. */
export interface Snapshot {
  revision: number
  /** By document number; dead numbers are holes. */
  documents: readonly unknown[]
}

interface Kept {
  /** Of documents that were live as of the revision. */
  postings: Postings
  revision: number
  /** How many of the postings lie in blocks that are never written again, and the first block after these. */
  settled: number
  nextBlock: number
}

const UNREAD: Kept = { postings: NO_POSTINGS, revision: -1, settled: 0, nextBlock: 0 }

export class PostingCache {
  readonly #kept = new Map<string, Kept>()
  readonly #capacity: number
  #size = 0

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity
  }

  /** The postings of each term over the documents of the view; a term that none has is left out. */
  async load(db: Db, view: Snapshot, terms: Iterable<string>): Promise<Map<string, Postings>> {
    const wanted = [...new Set(terms)]
    const unread: string[] = []
    const behind: string[] = []
    for (const term of wanted) {
      const kept = this.#kept.get(term)
      // A search that began before a change reads for itself: what has died since is still alive to it.
      if (!kept || kept.revision > view.revision) unread.push(term)
      else if (kept.revision < view.revision) behind.push(term)
    }
    const found = new Map<string, Postings>()
    const read = new Map([
      ...(await this.#read(db, view, unread, false)),
      ...(await this.#read(db, view, behind, true)),
    ])
    for (const term of wanted) {
      const { postings } = read.get(term) ?? this.#touch(term)
      if (postings.numbers.length > 0) found.set(term, postings)
    }
    for (const [term, kept] of read) if ((this.#kept.get(term)?.revision ?? -1) <= kept.revision) this.#keep(term, kept)
    return found
  }

  async #read(db: Db, view: Snapshot, terms: readonly string[], goesOn: boolean): Promise<Map<string, Kept>> {
    const read = new Map<string, Kept>()
    if (terms.length === 0) return read
    const before = new Map(terms.map(term => [term, (goesOn && this.#kept.get(term)) || UNREAD]))
    let from = Number.POSITIVE_INFINITY
    for (const { nextBlock } of before.values()) from = Math.min(from, nextBlock)
    const rows = await drawersFrom(db, [...new Set(terms.map(drawerOf))], from)
    for (const [term, kept] of before) read.set(term, continued(kept, term, rows.get(drawerOf(term)) ?? [], view))
    return read
  }

  /** Set again it is the last in order, so that the first is the one that was not asked for the longest. */
  #touch(term: string): Kept {
    const kept = this.#kept.get(term) ?? UNREAD
    this.#kept.delete(term)
    this.#kept.set(term, kept)
    return kept
  }

  #keep(term: string, kept: Kept): void {
    this.#drop(term)
    if (kept.postings.numbers.length + OVERHEAD > this.#capacity) return
    this.#kept.set(term, kept)
    this.#size += kept.postings.numbers.length + OVERHEAD
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#capacity) break
      this.#drop(oldest)
    }
  }

  #drop(term: string): void {
    const kept = this.#kept.get(term)
    if (!kept) return
    this.#size -= kept.postings.numbers.length + OVERHEAD
    this.#kept.delete(term)
  }
}

/** What was kept, without what has died since, and after it what the later blocks say. */
function continued(kept: Kept, term: string, rows: readonly DrawerRow[], view: Snapshot): Kept {
  const isLive = (number: number): boolean => view.documents[number] !== undefined
  const nextBlock = Math.max(kept.nextBlock, blockOf(view.documents.length))
  const later = rows.filter(row => row.block >= kept.nextBlock)
  const parts = [
    living(kept.postings, kept.settled, isLive),
    findPostings(
      later.filter(row => row.block < nextBlock),
      term,
      isLive,
    ),
    findPostings(
      later.filter(row => row.block >= nextBlock),
      term,
      isLive,
    ),
  ] as const
  return {
    postings: joined(parts),
    revision: view.revision,
    settled: parts[0].numbers.length + parts[1].numbers.length,
    nextBlock,
  }
}

function living({ numbers, weights }: Postings, count: number, isLive: (number: number) => boolean): Postings {
  let kept = 0
  for (let at = 0; at < count; at++) if (isLive(numbers[at]!)) kept++
  if (kept === count) return { numbers: numbers.subarray(0, count), weights: weights.subarray(0, count) }
  const left = { numbers: new Int32Array(kept), weights: new Int32Array(kept) }
  for (let at = 0, next = 0; at < count; at++)
    if (isLive(numbers[at]!)) {
      left.numbers[next] = numbers[at]!
      left.weights[next++] = weights[at]!
    }
  return left
}

function joined(parts: readonly Postings[]): Postings {
  const some = parts.filter(part => part.numbers.length > 0)
  const length = some.reduce((sum, part) => sum + part.numbers.length, 0)
  const all = { numbers: new Int32Array(length), weights: new Int32Array(length) }
  let at = 0
  for (const { numbers, weights } of some) {
    all.numbers.set(numbers, at)
    all.weights.set(weights, at)
    at += numbers.length
  }
  return all
}
