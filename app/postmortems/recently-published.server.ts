import type { Db } from '#db/index.server.ts'
import { newestBetween } from './listed-queries.server.ts'

export interface NewPostmortem {
  slug: string
  title: string
  severity: string | null
  publishedAt: string
}

/** The organisation's own postmortems published from one moment to another that everybody may read, the newest first. */
export async function recentlyPublished(
  db: Db,
  between: { from: string; to: string },
  limit: number,
): Promise<{ items: NewPostmortem[]; total: number }> {
  const rows = await newestBetween(db, between)
  const items = rows.slice(0, limit).map(row => ({ ...row, publishedAt: row.publishedAt as string }))
  return { items, total: rows.length }
}
