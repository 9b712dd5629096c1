/** Calendar entries of those who are, or no longer are, invited. */
import { slicesOf } from '#app/platform/slices.ts'
import type { Db, Tx } from '#db/index.server.ts'

/** For these people the entry they have counts as the newer one: it says the same. */
export async function liftInvitations(
  tx: Tx,
  forumId: string,
  personIds: readonly string[],
  sequence: { from: number; to: number },
): Promise<void> {
  for (const ids of slicesOf(personIds))
    await tx
      .updateTable('forum_invitations')
      .set({ sequence: sequence.to })
      .where('forum_id', '=', forumId)
      .where('person_id', 'in', ids)
      .where('sequence', '=', sequence.from)
      .execute()
}

/** Whoever is no longer invited has no entry any more. */
export async function removeInvitation(db: Db, forumId: string, personId: string): Promise<void> {
  await db.deleteFrom('forum_invitations').where('forum_id', '=', forumId).where('person_id', '=', personId).execute()
}
