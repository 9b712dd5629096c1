/** Everything that may be exported, in three forms: a folder of Markdown (as a zip), JSON Lines, CSV. */
import type { Readable } from 'node:stream'
import yazl from 'yazl'
import { writeCsv } from '#app/platform/csv.ts'
import type { Db } from '#db/index.server.ts'
import { writeCandorMarkdown } from './candor-format.ts'
import { countListed } from './listed-queries.server.ts'
import { idsAfter, postmortemsByIds } from './postmortem-queries.server.ts'
import { readRecords } from './read-postmortem.server.ts'
import type { PostmortemRecord } from './record.ts'

export const EXPORT_FORMATS = ['markdown', 'jsonl', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const PAGE = 100

export function countExported(db: Db): Promise<number> {
  return countListed(db, { status: 'published', authorId: null })
}

export interface Exported {
  slug: string
  record: PostmortemRecord
}

/**
 * Every published postmortem, oldest id first, a page at a time. Restricted and archived ones and drafts stay out:
 * an export may be passed on.
 */
export async function* exportRecords(db: Db): AsyncGenerator<Exported> {
  for (let after = ''; ; ) {
    const ids = await idsAfter(db, after, PAGE, { open: true })
    const last = ids.at(-1)
    if (last === undefined) return
    const rows = await postmortemsByIds(db, ids)
    const { records } = await readRecords(db, rows)
    const bySlug = new Map(rows.map(row => [row.id, row.slug]))
    for (const id of ids) {
      const record = records.get(id)
      if (record) yield { slug: bySlug.get(id) as string, record }
    }
    after = last
  }
}

/** A zip of one Markdown file per postmortem, streamed. */
export function exportZip(db: Db): Readable {
  const zip = new yazl.ZipFile()
  void (async () => {
    try {
      for await (const { slug, record } of exportRecords(db))
        zip.addBuffer(Buffer.from(writeCandorMarkdown(record)), `${slug}.md`)
      zip.end()
    } catch (error) {
      ;(zip.outputStream as Readable).destroy(error as Error)
    }
  })()
  return zip.outputStream as Readable
}

/** One JSON object a line, with the column names of the import formats and the sections beside them. */
export async function* exportJsonLines(db: Db): AsyncGenerator<string> {
  for await (const { slug, record } of exportRecords(db)) yield `${JSON.stringify(toJsonLine(slug, record))}\n`
}

/** The JSON Lines form of a record: what the import understands, nothing lost. */
export function toJsonLine(slug: string, record: PostmortemRecord): Record<string, unknown> {
  return {
    candor: 1,
    slug,
    incident: record.incidentKey,
    title: record.title,
    status: record.status,
    published_at: record.publishedAt,
    external_id: record.externalId,
    source_url: record.sourceUrl,
    themes: record.themes,
    summary: record.sections.summary,
    body: record.sections.body,
    record,
  }
}

const CSV_COLUMNS = [
  'incident',
  'title',
  'status',
  'published_at',
  'themes',
  'body',
  'external_id',
  'summary',
  'source_url',
]

/** The CSV of metrics.md: the whole text in Markdown in `body`, cells safe to open in a spreadsheet. */
export async function* exportCsv(db: Db): AsyncGenerator<string> {
  yield writeCsv(CSV_COLUMNS, [])
  for await (const { record } of exportRecords(db)) {
    const row = {
      incident: record.incidentKey ?? '',
      title: record.title,
      status: record.status,
      published_at: record.publishedAt ?? '',
      themes: record.themes.join(';'),
      body: writeCandorMarkdown(record),
      external_id: record.externalId ?? '',
      summary: record.sections.summary,
      source_url: record.sourceUrl ?? '',
    }
    yield writeCsv(CSV_COLUMNS, [row]).split('\n').slice(1).join('\n')
  }
}
