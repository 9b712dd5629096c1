/** Action items by themselves, as their import finds and writes them. */
import { type Db, insertRows, type Tx } from '#db/index.server.ts'
import type { ActionRow } from './postmortem-queries.server.ts'

export type KnownAction = ActionRow & { is_restricted: number | null }

const AT_ONCE = 500

/** Items with one of these external ids, or of one of these incidents or postmortems, in their order. */
export async function actionsLike(
  db: Db,
  wanted: { external_id: string[]; incident_id: string[]; postmortem_id: string[] },
): Promise<KnownAction[]> {
  const found = new Map<string, KnownAction>()
  for (const column of ['external_id', 'incident_id', 'postmortem_id'] as const)
    for (let at = 0; at < wanted[column].length; at += AT_ONCE) {
      const rows = await db
        .selectFrom('action_items')
        .leftJoin('postmortems', 'postmortems.id', 'action_items.postmortem_id')
        .where(`action_items.${column}`, 'in', wanted[column].slice(at, at + AT_ONCE))
        .selectAll('action_items')
        .select('postmortems.is_restricted')
        .orderBy('action_items.position')
        .orderBy('action_items.id')
        .execute()
      for (const row of rows) found.set(row.id, row)
    }
  return [...found.values()]
}

/** Postmortems by slug or external id, as an action item may name them. */
export function postmortemsNamed(db: Db, names: string[]) {
  return db
    .selectFrom('postmortems')
    .where(({ eb, or }) => or([eb('slug', 'in', names), eb('external_id', 'in', names)]))
    .select(['id', 'slug', 'external_id', 'incident_id', 'is_restricted'])
    .execute()
}

export async function insertActions(tx: Tx, rows: ActionRow[]): Promise<void> {
  await insertRows(tx, 'action_items', rows)
}

export async function updateAction(db: Db, { id, ...change }: Partial<ActionRow> & { id: string }): Promise<void> {
  await db.updateTable('action_items').set(change).where('id', '=', id).execute()
}
