/** Comments as their stewards see them: names can be taken out, themes given. */
import { Form } from '@remix-run/react'
import { TextField } from '#app/ui/form.tsx'
import type { StewardView } from '../results/steward-comments.server.ts'

type Question = StewardView['questions'][number]

/** What a comment would read like. */
export interface Preview {
  comment: string
  words: string
  text: string
}

export function StewardQuestion({
  question,
  themes,
  preview,
}: {
  question: Question
  themes: StewardView['themes']
  preview: Preview | null
}) {
  return (
    <section>
      <h2>
        <bdi>{question.text}</bdi>
      </h2>
      <ul className="result-comments">
        {question.comments.map((comment, at) => (
          <li key={comment.id} id={`comment-${comment.id}`}>
            <bdi>{comment.text}</bdi>
            {preview?.comment === comment.id ? <Confirm preview={preview} /> : null}
            <details open={preview?.comment === comment.id || undefined}>
              <summary>
                Names and themes<span className="visually-hidden"> of comment {at + 1}</span>
                {comment.themes.length > 0 ? (
                  <span className="muted"> · {themeNames(comment.themes, themes).join(', ')}</span>
                ) : null}
              </summary>
              <Form method="post" className="form">
                <input type="hidden" name="intent" value="look" />
                <input type="hidden" name="comment" value={comment.id} />
                <TextField
                  name={`words-${comment.id}`}
                  label="A name as it stands in the comment"
                  help="It becomes [name] wherever it stands in this comment. You see it first."
                />
                <p>
                  <button className="btn">Look at it without the name</button>
                </p>
              </Form>
              <Form method="post">
                <input type="hidden" name="intent" value="tag" />
                <input type="hidden" name="comment" value={comment.id} />
                <fieldset className="theme-choice">
                  <legend>Themes</legend>
                  {themes.map(theme => (
                    <label className="check" key={theme.slug}>
                      <input
                        type="checkbox"
                        name="theme"
                        value={theme.slug}
                        defaultChecked={comment.themes.includes(theme.slug)}
                      />{' '}
                      {theme.name}
                    </label>
                  ))}
                </fieldset>
                <p>
                  <button className="btn">Keep the themes</button>
                </p>
              </Form>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Confirm({ preview }: { preview: Preview }) {
  return (
    <Form method="post" className="notice warn">
      <p role="status">
        It will read: <bdi>{preview.text}</bdi>
      </p>
      <input type="hidden" name="intent" value="redact" />
      <input type="hidden" name="comment" value={preview.comment} />
      <input type="hidden" name={`words-${preview.comment}`} value={preview.words} />
      <p>
        <button className="btn danger">Take the name out for good</button>
      </p>
    </Form>
  )
}

function themeNames(slugs: readonly string[], themes: StewardView['themes']): string[] {
  return slugs.map(slug => themes.find(theme => theme.slug === slug)?.name ?? slug)
}
