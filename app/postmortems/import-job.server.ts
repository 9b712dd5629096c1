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
import { type ImportReport, type Incoming, importPostmortems } from './import-postmortems.server.ts'
import { PREVIEW_PAGE } from './page-sizes.ts'
import type { PostmortemRecord } from './record.ts'

/** A report keeps this many errors and notes. */
const MOST_LINES = 2_000

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
  const rows = await importRecords(context.db, id, firstOf(page, job.total), PREVIEW_PAGE)
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
  const isPlace = Number.isInteger(position) && position >= 0 && position < job.total
  const row = isPlace ? await importRecord(context.db, id, position) : undefined
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

/** The position of a page's first record; beyond the last page there is none. */
function firstOf(page: number, total: number): number {
  return page >= 1 && page <= Math.ceil(total / PREVIEW_PAGE) ? (Math.floor(page) - 1) * PREVIEW_PAGE : total
}

const CORRECTED = 'Corrected by hand before the import.'

/** Marks which records of a preview page stay out. */
export async function chooseRecords(context: Asking, id: string, page: number, kept: Set<number>): Promise<void> {
  const job = await ownImport(context, id)
  if (job.state !== 'preview') return
  for (const row of await importRecords(context.db, id, firstOf(page, job.total), PREVIEW_PAGE)) {
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
  let skipped = 0
  async function* waiting(): AsyncGenerator<Incoming> {
    for (let offset = 0; ; offset += PREVIEW_PAGE) {
      const rows = await importRecords(db, id, offset, PREVIEW_PAGE)
      if (rows.length === 0) return
      for (const row of rows)
        if (row.skipped === 0) yield JSON.parse(row.understood) as Incoming
        else skipped++
    }
  }
  const report = await importPostmortems(context, waiting(), {
    onProgress: done => updateImport(db, id, { done: done + skipped }),
  })
  const whole: ImportReport = {
    ...report,
    rejected: parsed.rejected + report.rejected,
    errors: [...parsed.errors, ...report.errors].slice(0, MOST_LINES),
    notes: [...parsed.notes, ...report.notes].slice(0, MOST_LINES),
  }
  await updateImport(db, id, { state: 'done', report: JSON.stringify(whole), finished_at: isoNow(clock) })
  await deleteImportRecords(db, id)
}
