import type { Db } from '#db/index.server.ts'

/** The public incidents that came with Candor, on the shelf or taken off it. */
export async function shelfIds(db: Db, { archived }: { archived: boolean }): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortems')
    .select('id')
    .where('external_id', '>=', 'public/')
    .where('external_id', '<', 'public0')
    .where('is_public', '=', 1)
    .where('archived_at', archived ? 'is not' : 'is', null)
    .execute()
  return rows.map(row => row.id)
}

export async function setArchived(db: Db, ids: string[], at: string | null): Promise<void> {
  await db.updateTable('postmortems').set({ archived_at: at }).where('id', 'in', ids).execute()
}
