/** Comments and whom they mention. */
import type { Selectable, Updateable } from 'kysely'
import { isClean } from '#app/platform/clean-text.ts'
import { type Db, insertRows, type Tx } from '#db/index.server.ts'
import type { PostmortemsTables } from '#db/tables/postmortems.ts'

export type CommentRow = Selectable<PostmortemsTables['comments']>

/** Oldest first. */
export function commentsOf(db: Db, postmortemId: string): Promise<CommentRow[]> {
  return db.selectFrom('comments').selectAll().where('postmortem_id', '=', postmortemId).orderBy('id').execute()
}

export async function commentById(db: Db, postmortemId: string, id: string): Promise<CommentRow | undefined> {
  if (!isClean(id)) return undefined
  const row = await db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst()
  return row?.postmortem_id === postmortemId ? row : undefined
}

/** Comments that are still there, and how many of those wait to be resolved. */
export async function countComments(db: Db, postmortemId: string): Promise<number> {
  const row = await db
    .selectFrom('comments')
    .where('postmortem_id', '=', postmortemId)
    .where('deleted_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function answersTo(db: Db, commentId: string): Promise<number> {
  const row = await db
    .selectFrom('comments')
    .where('parent_id', '=', commentId)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function insertComment(db: Db, row: CommentRow): Promise<void> {
  await db.insertInto('comments').values(row).execute()
}

export async function updateComment(
  db: Db,
  id: string,
  change: Updateable<PostmortemsTables['comments']>,
): Promise<void> {
  await db.updateTable('comments').set(change).where('id', '=', id).execute()
}

export async function deleteComment(db: Db, id: string): Promise<void> {
  await db.deleteFrom('comments').where('id', '=', id).execute()
}

/** Whom each comment of a postmortem mentions. */
export function mentionsOf(db: Db, postmortemId: string) {
  return db
    .selectFrom('comment_mentions')
    .innerJoin('comments', 'comments.id', 'comment_mentions.comment_id')
    .where('comments.postmortem_id', '=', postmortemId)
    .select(['comment_mentions.comment_id', 'comment_mentions.person_id'])
    .execute()
}

/** @returns those who were not mentioned in it before. */
export async function replaceMentions(tx: Tx, commentId: string, personIds: string[]): Promise<string[]> {
  const before = await tx
    .selectFrom('comment_mentions')
    .select('person_id')
    .where('comment_id', '=', commentId)
    .execute()
  const known = new Set(before.map(row => row.person_id))
  await tx.deleteFrom('comment_mentions').where('comment_id', '=', commentId).execute()
  await insertRows(
    tx,
    'comment_mentions',
    personIds.map(person_id => ({ comment_id: commentId, person_id })),
  )
  return personIds.filter(id => !known.has(id))
}
