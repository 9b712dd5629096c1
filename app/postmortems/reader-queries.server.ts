/** People who are named to read a draft or a restricted postmortem. */
import type { Db } from '#db/index.server.ts'

export async function readersOf(db: Db, postmortemId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortem_readers')
    .select('person_id')
    .where('postmortem_id', '=', postmortemId)
    .execute()
  return rows.map(row => row.person_id)
}

export async function replaceReaders(db: Db, postmortemId: string, personIds: string[]): Promise<void> {
  await db.deleteFrom('postmortem_readers').where('postmortem_id', '=', postmortemId).execute()
  if (personIds.length === 0) return
  await db
    .insertInto('postmortem_readers')
    .values(personIds.map(person_id => ({ postmortem_id: postmortemId, person_id })))
    .execute()
}
