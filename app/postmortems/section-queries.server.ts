/** Versions of sections, and which row of a list is which. */
import type { Db, Tx } from '#db/index.server.ts'

export interface SectionSave {
  version: number
  savedAt: string
  savedBy: string
}

/** By section; one that was never saved in the editor is not in the answer. */
export async function sectionSaves(db: Db, postmortemId: string): Promise<Map<string, SectionSave>> {
  const rows = await db.selectFrom('section_saves').selectAll().where('postmortem_id', '=', postmortemId).execute()
  return new Map(rows.map(row => [row.section, { version: row.version, savedAt: row.saved_at, savedBy: row.saved_by }]))
}

export async function writeSectionSave(
  tx: Tx,
  row: { postmortem_id: string; section: string; version: number; saved_at: string; saved_by: string },
): Promise<void> {
  await tx
    .insertInto('section_saves')
    .values(row)
    .onConflict(conflict =>
      conflict.columns(['postmortem_id', 'section']).doUpdateSet({
        version: row.version,
        saved_at: row.saved_at,
        saved_by: row.saved_by,
      }),
    )
    .execute()
}

/** Which of these ids belong to rows of other postmortems than those. */
export async function rowIdsElsewhere(tx: Tx, ids: string[], ownIds: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const own = new Set(ownIds)
  const of = (table: 'factors' | 'action_items') =>
    tx
      .selectFrom(table as 'action_items')
      .select(['id', 'postmortem_id'])
      .where('id', 'in', ids)
      .execute()
  const rows = [...(await of('factors')), ...(await of('action_items'))]
  return new Set(rows.filter(row => !own.has(row.postmortem_id ?? '')).map(row => row.id))
}

/** Takes out the revisions that are about to be written again under their numbers. */
export async function clearRevisions(tx: Tx, postmortems: { id: string; revision: number }[]): Promise<void> {
  for (const { id, revision } of postmortems)
    await tx.deleteFrom('postmortem_revisions').where('postmortem_id', '=', id).where('number', '=', revision).execute()
}

/** The revision that stands last: who wrote it, and when. */
export function lastRevision(db: Db, postmortemId: string) {
  return db
    .selectFrom('postmortem_revisions')
    .select(['number', 'at', 'account_id', 'note'])
    .where('postmortem_id', '=', postmortemId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The ids of a postmortem's factors and action items, each in order, and its timeline as it is stored. */
export async function rowsOfLists(db: Db, postmortemId: string) {
  const [postmortem, factors, actions] = await Promise.all([
    db.selectFrom('postmortems').select('timeline').where('id', '=', postmortemId).executeTakeFirstOrThrow(),
    db.selectFrom('factors').select('id').where('postmortem_id', '=', postmortemId).orderBy('position').execute(),
    db.selectFrom('action_items').select('id').where('postmortem_id', '=', postmortemId).orderBy('position').execute(),
  ])
  return { timeline: postmortem.timeline, factors: factors.map(row => row.id), actions: actions.map(row => row.id) }
}
