/** Holding the search index against the postmortems, and building it again while the old one serves. */
import type { Job } from '#app/platform/jobs.server.ts'
import { INDEX_VERSION } from '#app/search/field-weights.ts'
import { beginRebuild, differing, endRebuild, indexedAfter, isIndexOld } from '#app/search/rebuild.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { indexPostmortems, isOpen, searchDocuments } from './index-postmortems.server.ts'
import { idsAfter, postmortemsByIds, readHanging } from './postmortem-queries.server.ts'

const PAGE = 200

export interface IndexReport {
  /** Postmortems that the index has as they are. */
  right: number
  /** Ids of those that it lacks or has otherwise. */
  wrong: string[]
  /** Ids of what it has and should not. */
  superfluous: string[]
}

/** Compares what the index holds with the postmortems that may be found. */
export async function verifyIndex(db: Db): Promise<IndexReport> {
  const report: IndexReport = { right: 0, wrong: [], superfluous: [] }
  for await (const ids of pages(after => idsAfter(db, after, PAGE, { open: true }))) {
    const rows = (await postmortemsByIds(db, ids)).filter(isOpen)
    const wrong = await differing(db, await searchDocuments(db, rows, await readHanging(db, ids)))
    report.wrong.push(...wrong)
    report.right += rows.length - wrong.length
  }
  for await (const ids of pages(after => indexedAfter(db, after, PAGE))) {
    const open = new Set((await postmortemsByIds(db, ids)).filter(isOpen).map(row => row.id))
    report.superfluous.push(...ids.filter(id => !open.has(id)))
  }
  return report
}

/**
 * Indexes everything again, in pages of one transaction each. Searches meanwhile find all postmortems, each either by
 * its old entry or by its new one.
 * @returns how many postmortems there are.
 */
export async function reindexPostmortems(
  db: Db,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  const rebuild = await beginRebuild(db)
  let done = 0
  for await (const ids of pages(after => idsAfter(db, after, PAGE, { open: false }))) {
    await inTransaction(db, tx => indexPostmortems(tx, ids))
    done += ids.length
    onProgress(done)
  }
  await endRebuild(db, rebuild)
  return done
}

/** After an upgrade that reads texts otherwise, the index is built again once, by one instance. */
export function indexJobs({ db }: { db: Db }): Job[] {
  return [
    {
      name: 'search-index',
      slotAt: async () => ((await isIndexOld(db)) ? `form-${INDEX_VERSION}` : null),
      run: async () => {
        await reindexPostmortems(db)
      },
    },
  ]
}

async function* pages(read: (after: string) => Promise<string[]>): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const ids = await read(after)
    const last = ids.at(-1)
    if (last === undefined) return
    yield ids
    after = last
  }
}
