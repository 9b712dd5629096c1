/** The front door to near misses: counted apart from incidents, never among them. */
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Db } from '#db/index.server.ts'
import { pageOfNearMisses } from './near-miss-queries.server.ts'
import { wordsOf } from './near-miss-words.ts'

export { countNearMisses } from './near-miss-queries.server.ts'

export interface NearMiss {
  id: string
  title: string
  whatHappened: string
  whatStoppedIt: string
  service: string | null
  /** Null for those who did not name themselves. */
  reportedBy: string | null
  /** The person's id, for the same. */
  reporterId: string | null
  /** A day. */
  reportedOn: string
}

/** Near misses in which every word of the text occurs, or begins one that does; the latest first. */
export async function findNearMisses(
  db: Db,
  text: string,
  page: { offset: number; limit: number },
): Promise<{ items: NearMiss[]; total: number }> {
  const { rows, total } = await pageOfNearMisses(db, wordsOf(text).slice(0, 20), page)
  const people = await peopleByIds(db, [...new Set(rows.flatMap(row => row.person_id ?? []))])
  return {
    items: rows.map(row => ({
      id: row.id,
      title: row.title,
      whatHappened: row.what_happened,
      whatStoppedIt: row.what_stopped_it,
      service: row.service,
      reportedBy: row.person_id === null ? null : (people.get(row.person_id)?.name ?? null),
      reporterId: row.person_id,
      reportedOn: row.reported_on,
    })),
    total,
  }
}
