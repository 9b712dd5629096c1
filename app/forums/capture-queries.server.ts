/** What is said in a live forum: notes and what becomes of them, votes, questions, prompts. */
import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '#db/index.server.ts'
import type { LiveTables } from '#db/tables/forums.ts'

export type NoteRow = Selectable<LiveTables['forum_notes']>
export type ProposalRow = Selectable<LiveTables['forum_proposals']>
export type QuestionRow = Selectable<LiveTables['forum_questions']>

/** All that has been said, in the order in which it came. */
export async function captureRows(db: Db, forumId: string) {
  const [notes, proposals, parked, questions, prompts, votes] = await Promise.all([
    db.selectFrom('forum_notes').selectAll().where('forum_id', '=', forumId).orderBy('id').execute(),
    db.selectFrom('forum_proposals').selectAll().where('forum_id', '=', forumId).orderBy('id').execute(),
    db.selectFrom('forum_parked').selectAll().where('forum_id', '=', forumId).orderBy('id').execute(),
    db.selectFrom('forum_questions').selectAll().where('forum_id', '=', forumId).orderBy('position').execute(),
    db.selectFrom('forum_prompts').selectAll().where('forum_id', '=', forumId).orderBy('id').execute(),
    voteCounts(db, forumId),
  ])
  return { notes, proposals, parked, questions, prompts, votes }
}

export interface VoteCount {
  itemId: string
  themeId: string
  votes: number
}

export async function voteCounts(db: Db, forumId: string): Promise<VoteCount[]> {
  const rows = await db
    .selectFrom('forum_votes')
    .select(({ fn }) => ['item_id as itemId', 'theme_id as themeId', fn.countAll<number>().as('votes')])
    .where('forum_id', '=', forumId)
    .groupBy(['item_id', 'theme_id'])
    .orderBy('item_id')
    .orderBy('theme_id')
    .execute()
  return rows.map(row => ({ ...row, votes: Number(row.votes) }))
}

export interface Vote {
  forumId: string
  itemId: string
  themeId: string
  voter: string
}

/** One of the marks of those who have voted on an item: all were made under one key. */
export async function markOnItem(tx: Tx, forumId: string, itemId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('forum_votes')
    .select('voter')
    .where('forum_id', '=', forumId)
    .where('item_id', '=', itemId)
    .limit(1)
    .execute()
  return rows.map(row => row.voter)
}

/** Puts a vote or takes it back. @returns how many there are now. */
export async function putVote(
  tx: Tx,
  { forumId, itemId, themeId, voter }: Vote,
  isFor: boolean | undefined,
): Promise<number> {
  const own = () =>
    tx
      .deleteFrom('forum_votes')
      .where('forum_id', '=', forumId)
      .where('item_id', '=', itemId)
      .where('theme_id', '=', themeId)
      .where('voter', '=', voter)
      .executeTakeFirst()
  const { numDeletedRows } = await own()
  if (isFor ?? numDeletedRows === 0n)
    await tx
      .insertInto('forum_votes')
      .values({ forum_id: forumId, item_id: itemId, theme_id: themeId, voter })
      .execute()
  const { votes } = await tx
    .selectFrom('forum_votes')
    .select(({ fn }) => fn.countAll<number>().as('votes'))
    .where('forum_id', '=', forumId)
    .where('item_id', '=', itemId)
    .where('theme_id', '=', themeId)
    .executeTakeFirstOrThrow()
  return Number(votes)
}

/** What one voter is for. */
export async function votesBy(db: Db, forumId: string, voter: string): Promise<{ itemId: string; themeId: string }[]> {
  return db
    .selectFrom('forum_votes')
    .select(['item_id as itemId', 'theme_id as themeId'])
    .where('forum_id', '=', forumId)
    .where('voter', '=', voter)
    .execute()
}

export function noteById(tx: Tx, forumId: string, id: string): Promise<NoteRow | undefined> {
  return tx
    .selectFrom('forum_notes')
    .selectAll()
    .where('forum_id', '=', forumId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertNote(tx: Tx, row: Insertable<LiveTables['forum_notes']>): Promise<void> {
  await tx.insertInto('forum_notes').values(row).execute()
}

export async function updateNote(tx: Tx, { id, ...row }: Partial<NoteRow> & { id: string }): Promise<void> {
  await tx.updateTable('forum_notes').set(row).where('id', '=', id).execute()
}

export async function insertNoteRevision(tx: Tx, row: LiveTables['forum_note_revisions']): Promise<void> {
  await tx.insertInto('forum_note_revisions').values(row).execute()
}

export async function latestRevisionAt(tx: Tx, noteId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('forum_note_revisions')
    .select('at')
    .where('note_id', '=', noteId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  return row?.at ?? null
}

export async function insertProposal(tx: Tx, row: ProposalRow): Promise<void> {
  await tx.insertInto('forum_proposals').values(row).execute()
}

export async function insertParked(tx: Tx, row: LiveTables['forum_parked']): Promise<void> {
  await tx.insertInto('forum_parked').values(row).execute()
}

export async function insertQuestion(tx: Tx, row: QuestionRow): Promise<void> {
  await tx.insertInto('forum_questions').values(row).execute()
}

/** @returns the question, now read; undefined when there is none. */
export async function markRead(tx: Tx, forumId: string, id: string): Promise<QuestionRow | undefined> {
  await tx
    .updateTable('forum_questions')
    .set({ is_read: 1 })
    .where('forum_id', '=', forumId)
    .where('id', '=', id)
    .execute()
  return tx
    .selectFrom('forum_questions')
    .selectAll()
    .where('forum_id', '=', forumId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertPrompt(tx: Tx, row: LiveTables['forum_prompts']): Promise<void> {
  await tx.insertInto('forum_prompts').values(row).execute()
}

/** Nobody holds a pen any more, and nobody can be told from their votes. */
export async function forgetWriters(tx: Tx, forumId: string): Promise<void> {
  await tx.updateTable('forum_notes').set({ writer_id: null }).where('forum_id', '=', forumId).execute()
}
