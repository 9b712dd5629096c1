/** Who wrote a postmortem: they hear of what is said about it. */
import type { Db } from '#db/index.server.ts'

export async function authorIdsOf(db: Db, postmortemId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortem_authors')
    .select('person_id')
    .where('postmortem_id', '=', postmortemId)
    .execute()
  return rows.flatMap(row => row.person_id ?? [])
}
