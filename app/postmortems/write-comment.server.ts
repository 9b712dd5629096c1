import type { Actor } from '#app/identity/actor.ts'
import { everybodyHere } from '#app/identity/people.server.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { dayIn, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { inTransaction, type Tx } from '#db/index.server.ts'
import { mentionsIn } from './comment-mentions.ts'
import { behindThePage, type Notifier, tellOfComment } from './comment-notices.server.ts'
import { LONGEST_PASSAGE, type Passage, passageIn } from './comment-passage.ts'
import {
  type CommentRow,
  commentById,
  insertComment,
  replaceMentions,
  updateComment,
} from './comment-queries.server.ts'
import { readingText } from './comment-text.server.ts'
import { recordsByIds, visibleRow } from './read-postmortem.server.ts'

export interface NewComment {
  text: string
  /** The comment that it answers. */
  parent?: string | null
  /** The words that it stands beside; empty for the text as a whole. */
  passage?: string
  /** What the browser saw before and after these words. */
  near?: { prefix: string; suffix: string }
}

const LONGEST = 20_000

type Context = Notifier & { actor: Actor }

/**
 * Comments on a postmortem that the actor may read; an answer to an answer answers the comment itself.
 * @returns the comment's id, and `sent`, for tests to wait for; a page does not.
 * @throws AppError invalid when nothing was written, or when the passage does not stand in the text.
 */
export async function addComment(
  context: Context,
  slug: string,
  { text, parent, passage, near }: NewComment,
): Promise<{ id: string; sent: Promise<void> }> {
  const { db, clock, actor } = context
  const words = checkedText(text)
  const said = await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    const answered = parent ? await commentById(tx, row.id, parent) : undefined
    if (parent && !answered) throw notFound('This comment')
    const place = answered ? null : await placeOf(tx, row.id, passage ?? '', near)
    const comment: CommentRow = {
      id: newId(),
      postmortem_id: row.id,
      parent_id: answered ? (answered.parent_id ?? answered.id) : null,
      person_id: actor.personId || null,
      writer_name: actor.name,
      text: words,
      quote: place?.quote ?? null,
      prefix: place?.prefix ?? null,
      suffix: place?.suffix ?? null,
      created_at: isoNow(clock),
      edited_at: null,
      deleted_at: null,
      resolved_at: null,
      resolved_by: null,
    }
    await insertComment(tx, comment)
    const mentioned = await saveMentions(tx, context, comment)
    return { row, comment, mentioned, answered: answered?.person_id ?? null, isNew: true }
  })
  return { id: said.comment.id, sent: behindThePage(context.log, tellOfComment(context, said)) }
}

/**
 * Writes one's own comment anew; people whom it now mentions for the first time hear of it.
 * @throws AppError not-found for everybody else's.
 */
export async function editComment(
  context: Context,
  slug: string,
  { id, text }: { id: string; text: string },
): Promise<{ sent: Promise<void> }> {
  const { db, clock, actor } = context
  const words = checkedText(text)
  const said = await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    const before = await commentById(tx, row.id, id)
    if (!before || before.deleted_at || !isWriter(before, actor)) throw notFound('This comment')
    if (before.text === words) return null
    const comment = { ...before, text: words, edited_at: isoNow(clock) }
    await updateComment(tx, id, { text: comment.text, edited_at: comment.edited_at })
    return { row, comment, mentioned: await saveMentions(tx, context, comment), answered: null, isNew: false }
  })
  return { sent: said ? behindThePage(context.log, tellOfComment(context, said)) : Promise.resolve() }
}

/** Whether somebody wrote a comment; what was written from a terminal is nobody's. */
export function isWriter(comment: CommentRow, actor: Actor): boolean {
  return actor.personId !== '' && comment.person_id === actor.personId
}

function checkedText(text: string): string {
  const words = cleanText(text).text.trim()
  if (!words) throw invalidField('text', 'Write what you want to say.')
  if (words.length > LONGEST) throw invalidField('text', `At most ${LONGEST.toLocaleString('en-GB')} characters.`)
  return words
}

async function placeOf(
  tx: Tx,
  postmortemId: string,
  passage: string,
  near?: { prefix: string; suffix: string },
): Promise<Passage | null> {
  const words = cleanText(passage).text.trim()
  if (!words) return null
  if (words.length > LONGEST_PASSAGE)
    throw invalidField(
      'passage',
      `Choose a shorter passage: at most ${LONGEST_PASSAGE.toLocaleString('en-GB')} characters.`,
    )
  const record = (await recordsByIds(tx, [postmortemId])).get(postmortemId)
  const place = record ? passageIn(readingText(record), words, near) : null
  if (!place)
    throw invalidField(
      'passage',
      'These words do not stand in the text. Copy them from one paragraph of it, as they are.',
    )
  return place
}

async function saveMentions(tx: Tx, { clock, actor }: Context, comment: CommentRow): Promise<string[]> {
  const people = comment.text.includes('@') ? await everybodyHere(tx, dayIn(actor.timeZone, clock.now())) : []
  const mentioned = mentionsIn(comment.text, people).map(person => person.id)
  return replaceMentions(tx, comment.id, mentioned)
}
