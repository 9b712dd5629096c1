import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { CommentView, Thread } from '#app/postmortems/comment-threads.server.ts'
import type { useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'

type Refusal = ReturnType<typeof useRefusal>

/** One comment with its passage, its answers and what may be done with it. */
export function CommentThread({
  thread,
  slug,
  isOpen,
  refusal,
}: {
  thread: Thread
  slug: string
  /** Whether questions of this text are resolved. */
  isOpen: boolean
  refusal: Refusal
}) {
  return (
    <li className={thread.resolved ? 'thread is-resolved' : 'thread'}>
      {thread.passage ? <Quoted passage={thread.passage} slug={slug} /> : null}
      <Comment comment={thread} refusal={refusal} />
      {thread.resolved ? (
        <p className="small muted">
          Resolved by <bdi>{thread.resolved.by}</bdi>, <When at={thread.resolved.at} show="minute" />
        </p>
      ) : null}
      {isOpen && thread.mayResolve ? (
        <Form method="post" className="small" preventScrollReset>
          <input type="hidden" name="id" value={thread.id} />
          <button className="linklike" name="intent" value={thread.resolved ? 'reopen' : 'resolve'}>
            {thread.resolved ? 'Reopen' : 'Resolve'}
          </button>
        </Form>
      ) : null}
      {thread.answers.length ? (
        <ol className="answers">
          {thread.answers.map(answer => (
            <li key={answer.id}>
              <Comment comment={answer} refusal={refusal} />
            </li>
          ))}
        </ol>
      ) : null}
      <details open={refusal?.values.parent?.[0] === thread.id ? true : undefined}>
        <summary>Answer</summary>
        <Form method="post" key={thread.answers.length}>
          <input type="hidden" name="parent" value={thread.id} />
          <CommentFields name="Your answer" refusal={refusal?.values.parent?.[0] === thread.id ? refusal : null}>
            <button className="btn small" name="intent" value="answer">
              Answer
            </button>
          </CommentFields>
        </Form>
      </details>
    </li>
  )
}

function Quoted({ passage, slug }: { passage: NonNullable<Thread['passage']>; slug: string }) {
  return (
    <figure className="quoted">
      <blockquote>
        <p>
          <bdi>{passage.now ?? passage.quote}</bdi>
        </p>
      </blockquote>
      <figcaption className="small muted">
        {passage.now === null ? (
          'These words are no longer in the text.'
        ) : (
          <>
            {passage.now === passage.quote ? '' : 'Edited since. '}
            {/* A browser scrolls to the words themselves; where it cannot, to the top. */}
            <a href={`/library/${slug}#:~:text=${textFragment(passage.now)}`}>In its place</a>
          </>
        )}
      </figcaption>
    </figure>
  )
}

const FEW_WORDS = 8

/** First and last words, as text fragments have them. */
function textFragment(words: string): string {
  const list = words.split(' ')
  const encoded = (some: string[]) => encodeURIComponent(some.join(' ')).replaceAll('-', '%2D')
  if (list.length <= FEW_WORDS * 2) return encoded(list)
  return `${encoded(list.slice(0, FEW_WORDS))},${encoded(list.slice(-FEW_WORDS))}`
}

function Comment({ comment, refusal }: { comment: CommentView; refusal: Refusal }) {
  const isRefused = refusal?.values.id?.[0] === comment.id
  return (
    <article id={`comment-${comment.id}`} className="comment" aria-label={`Comment of ${comment.writer}`}>
      {comment.isRemoved ? (
        <p className="muted">Removed by its writer.</p>
      ) : (
        <>
          <p className="small muted">
            <bdi className="writer">{comment.writer}</bdi>, <When at={comment.at} show="minute" />
            {comment.editedAt ? ', edited' : ''}
          </p>
          <div
            className="prose"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
            dangerouslySetInnerHTML={{ __html: comment.html }}
          />
        </>
      )}
      {comment.text === null ? null : (
        <details open={isRefused ? true : undefined}>
          <summary>Edit</summary>
          <Form method="post" preventScrollReset>
            <input type="hidden" name="id" value={comment.id} />
            <CommentFields name="Your comment" value={comment.text} refusal={isRefused ? refusal : null}>
              <button className="btn small" name="intent" value="edit">
                Save
              </button>
              <button className="btn small danger" name="intent" value="remove">
                Remove
              </button>
            </CommentFields>
          </Form>
        </details>
      )}
    </article>
  )
}

/** Many such forms share a page: their fields are told apart by the labels around them, not by ids. */
function CommentFields({
  name,
  value,
  refusal,
  children,
}: {
  name: string
  value?: string
  refusal: Refusal
  children: ReactNode
}) {
  return (
    <>
      {refusal ? (
        <p className="wrong" role="alert">
          {refusal.message}
        </p>
      ) : null}
      <label className="field">
        <span>{name}</span>
        <textarea name="text" rows={4} defaultValue={refusal?.values.text?.[0] ?? value ?? ''} />
      </label>
      <p className="row">{children}</p>
    </>
  )
}
