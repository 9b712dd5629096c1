/** Lists of postmortems and action items that somebody may see. */
import type { Db } from '#db/index.server.ts'

/** Neither archived nor restricted, of one status; by one author when drafts are not everybody's. */
function listed(db: Db, { status, authorId }: { status: string; authorId: string | null }) {
  const query = db
    .selectFrom('postmortems')
    .where('status', '=', status)
    .where('archived_at', 'is', null)
    .where('is_restricted', '=', 0)
  if (authorId === null) return query
  return query.where(({ exists, selectFrom }) =>
    exists(
      selectFrom('postmortem_authors')
        .select('postmortem_authors.postmortem_id')
        .whereRef('postmortem_authors.postmortem_id', '=', 'postmortems.id')
        .where('postmortem_authors.person_id', '=', authorId),
    ),
  )
}

export async function listedIds(
  db: Db,
  which: { status: string; authorId: string | null },
  { offset, limit }: { offset: number; limit: number },
): Promise<string[]> {
  const rows = await listed(db, which)
    .select('postmortems.id')
    .orderBy('postmortems.id')
    .offset(offset)
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

export async function countListed(db: Db, which: { status: string; authorId: string | null }): Promise<number> {
  const row = await listed(db, which)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Drafts and texts in review, newest first: all for those who see every draft, else one's own. */
export async function unpublished(db: Db, authorId: string | null) {
  const of = (status: string) =>
    listed(db, { status, authorId })
      .select(['id', 'slug', 'title', 'status', 'updated_at'])
      .orderBy('updated_at', 'desc')
      .limit(50)
      .execute()
  const [drafts, inReview] = await Promise.all([of('draft'), of('in review')])
  return [...inReview, ...drafts]
}

/** Own ones that everybody may read and that were published then, the newest first. */
export function newestBetween(db: Db, { from, to }: { from: string; to: string }) {
  return listed(db, { status: 'published', authorId: null })
    .where('published_at', '>=', from)
    .where('published_at', '<', to)
    .where('is_public', '=', 0)
    .select(['slug', 'title', 'severity', 'published_at as publishedAt'])
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** A person's open action items from what they may read, soonest due first; without a date last. */
export function openActionsOf(db: Db, personId: string) {
  return db
    .selectFrom('action_items')
    .leftJoin('postmortems', 'postmortems.id', 'action_items.postmortem_id')
    .select([
      'action_items.id',
      'action_items.title',
      'action_items.due_on',
      'action_items.kind',
      'postmortems.title as postmortem_title',
    ])
    .where('action_items.owner_id', '=', personId)
    .where('action_items.state', 'in', ['open', 'in progress'])
    .where('postmortems.archived_at', 'is', null)
    .where(({ and, eb, exists, or, selectFrom }) =>
      or([
        eb('action_items.postmortem_id', 'is', null),
        and([eb('postmortems.status', '=', 'published'), eb('postmortems.is_restricted', '=', 0)]),
        exists(
          selectFrom('postmortem_authors')
            .select('postmortem_authors.postmortem_id')
            .whereRef('postmortem_authors.postmortem_id', '=', 'postmortems.id')
            .where('postmortem_authors.person_id', '=', personId),
        ),
      ]),
    )
    .orderBy(({ eb }) => eb.fn.coalesce('action_items.due_on', eb.val('9999-12-31')))
    .limit(20)
    .execute()
}
