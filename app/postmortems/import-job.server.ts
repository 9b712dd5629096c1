/** An import through the browser: looked at, corrected, then let in with progress that can be left and come back to. */
import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Db } from '#db/index.server.ts'
import {
  countSkipped,
  deleteImportRecords,
  findImport,
  importRecord,
  importRecords,
  latestImports,
  updateImport,
  updateImportRecord,
} from './import-job-queries.server.ts'
import { emptyReport, type ImportReport, type Incoming, importPostmortems } from './import-postmortems.server.ts'
import { PREVIEW_PAGE } from './page-sizes.ts'
import type { PostmortemRecord } from './record.ts'

/** Imports that this process is working on. */
const running = new Set<string>()

interface Asking {
  db: Db
  actor: Actor
}

/** One's own import. @throws AppError not-found for anybody else's. */
export async function ownImport({ db, actor }: Asking, id: string) {
  const found = await findImport(db, id)
  if (!found || found.account_id !== actor.accountId) throw notFound('This import')
  return found
}

export function recentImports({ db, actor }: Asking) {
  return latestImports(db, actor.accountId)
}

export async function previewImport(context: Asking, id: string, page: number) {
  const job = await ownImport(context, id)
  const rows = await importRecords(context.db, id, (page - 1) * PREVIEW_PAGE, PREVIEW_PAGE)
  return {
    id: job.id,
    state: job.state === 'running' && !running.has(id) ? 'stopped' : job.state,
    total: job.total,
    done: job.done,
    skipped: job.state === 'preview' ? await countSkipped(context.db, id) : 0,
    report: JSON.parse(job.report) as ImportReport,
    records: rows.map(row => ({
      position: row.position,
      skipped: row.skipped === 1,
      ...(JSON.parse(row.understood) as Incoming),
    })),
  }
}

export async function recordOfImport(context: Asking, id: string, position: number) {
  const job = await ownImport(context, id)
  const row = await importRecord(context.db, id, position)
  if (!row || job.state !== 'preview') throw notFound('This record')
  return JSON.parse(row.understood) as Incoming
}

export async function correctRecord(
  context: Asking,
  id: string,
  position: number,
  record: PostmortemRecord,
): Promise<void> {
  const before = await recordOfImport(context, id, position)
  const corrected: Incoming = {
    ...before,
    record,
    notes: [...before.notes.filter(note => note !== CORRECTED), CORRECTED],
  }
  await updateImportRecord(context.db, id, position, { understood: JSON.stringify(corrected) })
}

const CORRECTED = 'Corrected by hand before the import.'

/** Marks which records of a preview page stay out. */
export async function chooseRecords(context: Asking, id: string, page: number, kept: Set<number>): Promise<void> {
  const job = await ownImport(context, id)
  if (job.state !== 'preview') return
  for (const row of await importRecords(context.db, id, (page - 1) * PREVIEW_PAGE, PREVIEW_PAGE)) {
    const skipped = kept.has(row.position) ? 0 : 1
    if (skipped !== row.skipped) await updateImportRecord(context.db, id, row.position, { skipped })
  }
}

/**
 * Starts the import and answers at once; the page shows how far it is. After a restart of the server it can be started
 * again: what is in the library already counts as unchanged.
 */
export async function startImport(context: Asking & { clock: Clock; log: Log }, id: string): Promise<void> {
  const job = await ownImport(context, id)
  if (job.state === 'done' || running.has(id)) return
  running.add(id)
  await updateImport(context.db, id, { state: 'running', done: 0 })
  void run(context, id, JSON.parse(job.report) as ImportReport)
    .catch(error => context.log.error({ err: error, importId: id }, 'import stopped'))
    .finally(() => running.delete(id))
}

async function run(context: Asking & { clock: Clock }, id: string, parsed: ImportReport): Promise<void> {
  const { db, clock } = context
  const report = emptyReport()
  report.rejected = parsed.rejected
  report.errors = parsed.errors
  let done = 0
  for (let page = 1; ; page++) {
    const rows = await importRecords(db, id, (page - 1) * PREVIEW_PAGE, PREVIEW_PAGE)
    if (rows.length === 0) break
    const incoming = rows.filter(row => row.skipped === 0).map(row => JSON.parse(row.understood) as Incoming)
    add(report, await importPostmortems(context, incoming))
    done += rows.length
    await updateImport(db, id, { done })
  }
  await updateImport(db, id, { state: 'done', report: JSON.stringify(report), finished_at: isoNow(clock) })
  await deleteImportRecords(db, id)
}

function add(sum: ImportReport, part: ImportReport): void {
  for (const key of ['created', 'updated', 'unchanged', 'rejected'] as const) sum[key] += part[key]
  sum.errors = [...sum.errors, ...part.errors].slice(0, 2_000)
  sum.notes = [...sum.notes, ...part.notes].slice(0, 2_000)
}
