import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { deleteImportsBefore, insertImport } from './import-job-queries.server.ts'
import { addErrors, emptyReport, type Incoming } from './import-postmortems.server.ts'
import { understandFiles } from './understand-files.server.ts'

export interface UploadedFile {
  name: string
  bytes: Uint8Array
}

const KEPT_DAYS = 14

/**
 * Reads uploaded files (Markdown, JSON Lines, CSV, or zips of them) and keeps what was understood for a preview.
 * @returns the import's id.
 * @throws AppError invalid when there was nothing in them at all.
 */
export async function prepareImport(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  files: UploadedFile[],
): Promise<string> {
  if (files.length === 0) throw invalidField('files', 'Choose at least one file.')
  const report = emptyReport()
  const incoming: Incoming[] = []
  for await (const part of understandFiles(files, { now: clock.now() })) {
    incoming.push(...part.records.map(record => ({ ...record, source: part.source })))
    addErrors(report, part.errors, part.source)
    report.notes.push(...part.notes.map(note => `${part.source}: ${note}`))
  }
  if (incoming.length === 0)
    throw invalidField(
      'files',
      report.errors[0]?.message ?? report.notes[0] ?? 'There was nothing to import in these files.',
    )
  const id = newId()
  await inTransaction(db, async tx => {
    await deleteImportsBefore(tx, new Date(clock.now() - KEPT_DAYS * 86_400_000).toISOString())
    await insertImport(
      tx,
      {
        id,
        kind: 'postmortems',
        state: 'preview',
        account_id: actor.accountId,
        total: incoming.length,
        done: 0,
        report: JSON.stringify(report),
        created_at: isoNow(clock),
        finished_at: null,
      },
      incoming.map((item, position) => ({
        import_id: id,
        position,
        source: item.source,
        understood: JSON.stringify(item),
        skipped: 0,
      })),
    )
  })
  return id
}
