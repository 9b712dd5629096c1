import type { Edition } from './report.ts'
import type { EditionRow } from './report-queries.server.ts'

/** The editions asked for last, as they are in the database: the same for every reader, and nothing moves them. */
const kept = new Map<string, Edition>()
const MOST_KEPT = 20

/** What a row holds. Many readers are given the same object, so none can change it. */
export function editionFrom(row: EditionRow): Edition {
  const name = `${row.report_id} ${row.number} ${row.published_at}`
  const edition = kept.get(name) ?? frozen(row)
  // The one asked for last stands last.
  kept.delete(name)
  kept.set(name, edition)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return edition
}

function frozen(row: EditionRow): Edition {
  const parsed = (json: string) => JSON.parse(json, (_, value) => Object.freeze(value))
  return Object.freeze({
    number: row.number,
    publishedAt: row.published_at,
    content: parsed(row.content),
    words: parsed(row.words),
    differences: parsed(row.differences),
    reason: row.reason,
  })
}
