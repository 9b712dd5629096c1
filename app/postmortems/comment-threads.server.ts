/** The comments on a postmortem as its page shows them: each with its passage, its answers, and what one may do. */
import type { Actor } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { renderingTime, renderMarkdown } from '#app/platform/markdown.server.ts'
import type { Db } from '#db/index.server.ts'
import { withMentionLinks } from './comment-mentions.ts'
import { type Found, findPassage } from './comment-passage.ts'
import { type CommentRow, commentsOf, mentionsOf } from './comment-queries.server.ts'
import { readingText } from './comment-text.server.ts'
import { COMMENT_THREADS_PER_PAGE } from './page-sizes.ts'
import { mayChange, recordsByIds, visibleRow } from './read-postmortem.server.ts'
import { groupBy } from './record-of.server.ts'
import { isWriter } from './write-comment.server.ts'

export interface CommentView {
  id: string
  writer: string
  html: string
  /** As it was written, for those who may write it anew. */
  text: string | null
  at: string
  editedAt: string | null
  isRemoved: boolean
}

export interface Thread extends CommentView {
  /** The passage that it stands beside; `now` are the words that stand there today, null when they are gone. */
  passage: { quote: string; now: string | null } | null
  resolved: { by: string; at: string } | null
  mayResolve: boolean
  answers: CommentView[]
}

/**
 * In the order of the text, then those on the whole of it; those whose passage is gone come last.
 * @throws AppError not-found for those who may not read the postmortem.
 */
export async function commentThreads({ db, actor }: { db: Db; actor: Actor }, slug: string, page: number) {
  const row = await visibleRow({ db, actor }, slug)
  const [rows, mentions, records, mayEdit] = await Promise.all([
    commentsOf(db, row.id),
    mentionsOf(db, row.id),
    recordsByIds(db, [row.id]),
    mayChange(db, actor, row),
  ])
  const text = rows.some(comment => comment.quote !== null) ? readingText(records.get(row.id)!) : ''
  const answers = groupBy(rows, comment => comment.parent_id ?? '')
  const placed = (answers.get('') ?? [])
    .map(comment => ({ comment, place: placeOf(text, comment) }))
    .sort((a, b) => orderOf(a) - orderOf(b))
  const shown = placed.slice((page - 1) * COMMENT_THREADS_PER_PAGE, page * COMMENT_THREADS_PER_PAGE)

  const people = await peopleByIds(db, [...new Set(mentions.map(mention => mention.person_id))])
  const mentioned = groupBy(mentions, mention => mention.comment_id)
  const time = renderingTime()
  const view = (comment: CommentRow): CommentView => {
    const named = (mentioned.get(comment.id) ?? []).flatMap(({ person_id }) => people.get(person_id) ?? [])
    const isRemoved = comment.deleted_at !== null
    return {
      id: comment.id,
      writer: comment.writer_name,
      html: isRemoved ? '' : renderMarkdown(withMentionLinks(comment.text, named), '', time).html,
      text: !isRemoved && isWriter(comment, actor) ? comment.text : null,
      at: comment.created_at,
      editedAt: comment.edited_at,
      isRemoved,
    }
  }
  const threads = shown.map(
    ({ comment, place }): Thread => ({
      ...view(comment),
      passage:
        comment.quote === null
          ? null
          : { quote: comment.quote, now: place ? text.slice(place.start, place.end) : null },
      resolved: comment.resolved_at ? { by: comment.resolved_by ?? '', at: comment.resolved_at } : null,
      mayResolve: row.status !== 'published' && (mayEdit || isWriter(comment, actor)),
      answers: (answers.get(comment.id) ?? []).map(view),
    }),
  )
  return { slug: row.slug, title: row.title, status: row.status, threads, total: placed.length }
}

function placeOf(text: string, { quote, prefix, suffix }: CommentRow): Found | null {
  return quote === null ? null : findPassage(text, { quote, prefix: prefix ?? '', suffix: suffix ?? '' })
}

function orderOf({ comment, place }: { comment: CommentRow; place: Found | null }): number {
  if (place) return place.start
  return comment.quote === null ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER
}
