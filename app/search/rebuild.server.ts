/**
 * Building the index again while it serves: every document is indexed anew, under a number of a fresh block, and its
 * old number dies in the same transaction; at the end all that the old blocks hold is dead and is dropped.
 */
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import type { SearchDocument } from './document.ts'
import { INDEX_VERSION } from './field-weights.ts'
import { rowOf } from './index-documents.server.ts'
import { BLOCK_SIZE, blockOf } from './postings.ts'
import {
  beginRevision,
  dropBlocksBefore,
  forgetWords,
  markRemovedBefore,
  readState,
  rowsOf,
  setVersion,
  subjectsAfter,
} from './search-queries.server.ts'

export interface Rebuild {
  /** Numbers from here on were given since it began. */
  firstNumber: number
}

/** Whether the index was made in a form that this version no longer writes. */
export async function isIndexOld(db: Db): Promise<boolean> {
  const { version } = await readState(db)
  return version !== null && version < INDEX_VERSION
}

/** Begins a rebuild; then index every document once more, as many at a time as you like, and end it. */
export function beginRebuild(db: Db): Promise<Rebuild> {
  return inTransaction(db, async tx => {
    await lockFor(tx, 'search')
    const { nextNumber } = await readState(tx)
    const firstNumber = (blockOf(nextNumber) + 1) * BLOCK_SIZE
    await beginRevision(tx, firstNumber - nextNumber)
    await forgetWords(tx)
    return { firstNumber }
  })
}

/** Ends a rebuild: what was not indexed since it began is no longer in the index. */
export function endRebuild(db: Db, { firstNumber }: Rebuild): Promise<void> {
  return inTransaction(db, async tx => {
    await lockFor(tx, 'search')
    const { revision } = await beginRevision(tx, 0)
    await markRemovedBefore(tx, firstNumber, revision)
    await dropBlocksBefore(tx, blockOf(firstNumber))
    await setVersion(tx, INDEX_VERSION)
  })
}

/** The subjects of those documents that the index lacks, or has otherwise than they are. */
export async function differing(db: Db, documents: readonly SearchDocument[]): Promise<string[]> {
  const rows = new Map(
    (
      await rowsOf(
        db,
        documents.map(document => document.subjectId),
      )
    ).map(row => [row.subject_id, row]),
  )
  return documents.flatMap(document => {
    const row = rows.get(document.subjectId)
    const wanted = rowOf(document)
    return row && row.removed === 0 && row.length === wanted.length && row.facets === wanted.facets
      ? []
      : [document.subjectId]
  })
}

/** The subjects of all documents in the index, a page at a time in order. */
export function indexedAfter(db: Db, after: string, limit: number): Promise<string[]> {
  return subjectsAfter(db, after, limit)
}
