/** A slice of an administrator's import, with its line in the audit trail: neither exists without the other. */
import type { Actor } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { inSlice } from '#app/platform/in-slice.server.ts'
import type { TableReport } from '#app/platform/table-import.ts'
import type { Db, Tx } from '#db/index.server.ts'

/** Runs `work` in a transaction and notes how many rows it made and changed; nothing when it changed nothing. */
export async function auditedSlice(
  { db, clock, actor, dryRun }: { db: Db; clock: Clock; actor: Actor; dryRun: boolean },
  { act, slice, report }: { act: string; slice: readonly { line: number }[]; report: TableReport },
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  const before = { created: report.created, updated: report.updated }
  await inSlice(db, dryRun, async tx => {
    await work(tx)
    const after = { created: report.created - before.created, updated: report.updated - before.updated }
    if (after.created + after.updated === 0) return
    const subject = `lines ${slice[0]?.line} to ${slice.at(-1)?.line}`
    await recordAudit(tx, { actor, clock }, { act, subject, after })
  })
}
