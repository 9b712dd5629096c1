/**
 * Writing the index, inside the transaction that changed the documents. A document that changes gets a new number;
 * its old one is dead, is skipped by readers, and leaves the rows when they are next written.
 */
import { lockFor, type Tx } from '#db/index.server.ts'
import { correctableWords } from './did-you-mean.ts'
import type { SearchDocument } from './document.ts'
import { eachTerm, frequentTerms, UNIT, type WeightedTerm } from './field-weights.ts'
import type { StoredFacets } from './index-view.ts'
import { BLOCK_SIZE, blockOf, drawerOf, fillDrawer, type Pairs } from './postings.ts'
import {
  beginRevision,
  type DocumentRow,
  drawersInBlock,
  liveNumbers,
  markRemoved,
  putDocuments,
  putDrawers,
  putWords,
} from './search-queries.server.ts'

/** How many of a document's terms are kept beside it, to find related ones. */
const KEPT_TERMS = 24

/**
 * Adds documents to the index, or replaces them. A call with many documents reads and writes each row of the index
 * once, so pass a few hundred at a time rather than one.
 * @param tx the transaction that stores the documents themselves: both become visible together.
 */
export async function indexDocuments(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  const latest = [...new Map(documents.map(document => [document.subjectId, document])).values()]
  if (latest.length === 0) return
  await lockFor(tx, 'search')
  const { revision, firstNumber } = await beginRevision(tx, latest.length)
  // Asked before the rows change: numbers that die now stay until the next write, because a reader that has just
  // learnt which documents live may be about to read these rows.
  const firstBlockStart = blockOf(firstNumber) * BLOCK_SIZE
  const live = await liveNumbers(tx, firstBlockStart, firstNumber - 1)

  const rows: DocumentRow[] = []
  const blocks = new Map<number, Map<string, Pairs>>()
  const words = new Set<string>()
  latest.forEach((document, index) => {
    const number = firstNumber + index
    const read = addPostings(entry(blocks, blockOf(number)), number, document)
    rows.push({ number, subject_id: document.subjectId, ...packed(document, read), revision, removed: 0 })
    for (const text of [document.title, ...Object.values(document.texts)])
      for (const word of correctableWords(text)) words.add(word)
  })
  await putWords(tx, words, revision)
  await putDocuments(tx, rows)
  for (const [block, pairs] of blocks) {
    const filled = byDrawer(pairs)
    const isNew = block * BLOCK_SIZE >= firstNumber
    const before = isNew ? null : await drawersInBlock(tx, block, [...filled.keys()])
    const isLive = (number: number): boolean => live.has(number)
    await putDrawers(
      tx,
      [...filled].map(([drawer, added]) => ({
        drawer,
        block,
        data: fillDrawer(before?.get(drawer), block, added, isLive),
      })),
    )
  }
}

/** Takes documents out of the index: out of hits, counts, facets and related ones alike. Unknown ids are no error. */
export async function removeDocuments(tx: Tx, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return
  await lockFor(tx, 'search')
  const { revision } = await beginRevision(tx, 0)
  await markRemoved(tx, subjectIds, revision)
}

/** What is kept of a document beside its postings. */
export function rowOf(document: SearchDocument): Pick<DocumentRow, 'length' | 'facets'> {
  return packed(document, addPostings(new Map(), 0, document))
}

function packed(
  document: SearchDocument,
  { length, terms }: { length: number; terms: WeightedTerm[] },
): Pick<DocumentRow, 'length' | 'facets'> {
  const { texts: _, ...facets } = document
  const stored: StoredFacets = { ...facets, terms }
  return { length: Math.round(length / UNIT), facets: JSON.stringify(stored) }
}

/** Adds a document's postings to those of its block, counting in place: this is the inner loop of an import. */
function addPostings(
  block: Map<string, Pairs>,
  number: number,
  document: SearchDocument,
): { length: number; terms: WeightedTerm[] } {
  const terms: string[] = []
  const lists: Pairs[] = []
  const length = eachTerm(document, (term, weight) => {
    const pairs = block.get(term)
    if (pairs && pairs[pairs.length - 2] === number) {
      pairs[pairs.length - 1]! += weight
      return
    }
    const list = pairs ?? []
    list.push(number, weight)
    if (!pairs) block.set(term, list)
    terms.push(term)
    lists.push(list)
  })
  return { length, terms: frequentTerms(terms, index => lists[index]!.at(-1)!, KEPT_TERMS) }
}

function byDrawer(terms: ReadonlyMap<string, Pairs>): Map<string, Map<string, Pairs>> {
  const drawers = new Map<string, Map<string, Pairs>>()
  for (const [term, pairs] of terms) entry(drawers, drawerOf(term)).set(term, pairs)
  return drawers
}

function entry<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const found = map.get(key)
  if (found) return found
  const made = new Map<L, V>()
  map.set(key, made)
  return made
}
