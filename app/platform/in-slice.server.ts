/** One slice of an import: a transaction that a dry run takes back, so that its report is the true one. */
import { type Db, inTransaction, type Tx } from '#db/index.server.ts'

/** Thrown to take back what a dry run did. */
class TakenBack extends Error {}

export async function inSlice(db: Db, dryRun: boolean, work: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await inTransaction(db, async tx => {
      await work(tx)
      if (dryRun) throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
}
