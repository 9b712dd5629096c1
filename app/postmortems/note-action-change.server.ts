/** A change of action items is a change of their postmortem: it gets a revision, and search is told. */
import type { Actor } from '#app/identity/actor.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import type { Tx } from '#db/index.server.ts'
import { indexPostmortems } from './index-postmortems.server.ts'
import { insertHanging, postmortemsByIds, updatePostmortem } from './postmortem-queries.server.ts'
import { recordsByIds } from './read-postmortem.server.ts'

/** Call it after the rows are written, in the same transaction and under the room's lock. */
export async function noteActionChange(
  tx: Tx,
  { clock, actor }: { clock: Clock; actor: Actor },
  postmortemIds: readonly string[],
  note: string,
): Promise<void> {
  const ids = [...new Set(postmortemIds)]
  if (ids.length === 0) return
  const now = isoNow(clock)
  const [rows, records] = [await postmortemsByIds(tx, ids), await recordsByIds(tx, ids)]
  for (const row of rows) await updatePostmortem(tx, row.id, { revision: row.revision + 1, updated_at: now })
  await insertHanging(tx, {
    factors: [],
    factor_themes: [],
    postmortem_themes: [],
    theme_suggestions: [],
    postmortem_services: [],
    postmortem_authors: [],
    action_items: [],
    postmortem_revisions: rows.map(row => ({
      id: newId(),
      postmortem_id: row.id,
      number: row.revision + 1,
      at: now,
      account_id: actor.accountId,
      actor_name: actor.name,
      note,
      document: JSON.stringify(records.get(row.id)),
    })),
  })
  await indexPostmortems(tx, ids)
}
