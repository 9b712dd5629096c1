/** What people wrote, and what will be done. */
import { Link } from '@remix-run/react'
import { Day, When } from '#app/ui/time.tsx'
import type { ResultsView } from '../results/results-view.server.ts'

export function Commitments({ view }: { view: ResultsView }) {
  const { commitments, mayAdminister, id } = view
  if (commitments.length === 0 && !mayAdminister) return null
  return (
    <section aria-labelledby="what-we-will-do">
      <h2 id="what-we-will-do">What we will do</h2>
      {commitments.length === 0 ? (
        <p className="measure">
          Nothing is said yet. People answer the next wave if they saw that this one led to something, however small.
        </p>
      ) : (
        <ul className="commitments">
          {commitments.map(commitment => (
            <li key={commitment.id}>
              <bdi>{commitment.text}</bdi>
              {commitment.question ? (
                <span className="muted small">
                  {' '}
                  On ‘<bdi>{commitment.question}</bdi>’.
                </span>
              ) : null}
              {commitment.action ? (
                <p className="small">
                  <Link to={`/actions/${commitment.action.id}`}>{commitment.action.title}</Link>
                  <span className="muted">
                    {' '}
                    · {commitment.action.state}
                    {commitment.action.owner ? `, ${commitment.action.owner}` : ''}
                    {commitment.action.dueOn ? (
                      <>
                        , due <Day on={commitment.action.dueOn} />
                      </>
                    ) : null}
                  </span>
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayAdminister ? (
        <p className="no-print">
          <Link className="btn" to={`/surveys/${id}/commitments`}>
            Say what will be done
          </Link>
        </p>
      ) : null}
    </section>
  )
}

export function ResultComments({ view }: { view: ResultsView }) {
  const { comments, commentsFrom, redacted, k } = view
  if (comments.length === 0 && commentsFrom === null) return null
  return (
    <section aria-labelledby="comments">
      <h2 id="comments">Comments</h2>
      {commentsFrom ? (
        <p className="measure">
          They follow when the stewards have taken names out, by <When at={commentsFrom} /> at the latest. Questions
          with fewer than {k} comments show none.
        </p>
      ) : (
        <p className="muted small">
          In an order drawn by lot.{' '}
          {redacted === 0
            ? 'No name was taken out.'
            : `Names were taken out of ${redacted} ${redacted === 1 ? 'comment' : 'comments'}.`}
        </p>
      )}
      {comments.map(question => (
        <section key={question.item} id={`comments-${question.item}`}>
          <h3>
            <bdi>{question.text}</bdi>
          </h3>
          <ul className="result-comments">
            {question.comments.map((comment, at) => (
              <li key={at}>
                <bdi>{comment.text}</bdi>
                {comment.themes.length > 0 ? (
                  <span className="tags">
                    {comment.themes.map(theme => (
                      <Link key={theme.slug} className="tag" to={`/themes/${theme.slug}`}>
                        {theme.name}
                      </Link>
                    ))}
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
          {question.pages > 1 ? <CommentPages question={question} /> : null}
        </section>
      ))}
    </section>
  )
}

function CommentPages({ question }: { question: ResultsView['comments'][number] }) {
  const { item, page, pages, total } = question
  const to = (other: number) => `?comments=${item}&page=${other}#comments-${item}`
  return (
    <nav className="pages" aria-label={`Comments on: ${question.text}`}>
      {page > 1 ? (
        <Link to={to(page - 1)} rel="prev">
          Earlier
        </Link>
      ) : null}
      {page < pages ? (
        <Link to={to(page + 1)} rel="next">
          More
        </Link>
      ) : null}
      <span className="muted">
        Page <span className="num">{page}</span> of <span className="num">{pages}</span>, {total} comments
      </span>
    </nav>
  )
}
