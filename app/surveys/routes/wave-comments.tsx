import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader, type Refused } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import {
  finishStewarding,
  previewRedaction,
  redactComment,
  stewardView,
  tagComment,
} from '#app/surveys/results/steward-comments.server.ts'
import { type Preview, StewardQuestion } from '#app/surveys/ui/steward-comments.tsx'
import { Fields } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/surveys/ui/results.css'

export const loader = pageLoader('read', ({ db, clock, actor, params }) =>
  stewardView({ db, clock, actor }, params.wave ?? ''),
)

export const action = pageAction('read', async ({ db, clock, actor, params, form }) => {
  const wave = params.wave ?? ''
  const context = { db, clock, actor }
  await stewardView(context, wave)
  const comment = textOf(form, 'comment')
  const words = textOf(form, `words-${comment}`)
  switch (textOf(form, 'intent')) {
    case 'look':
      return {
        ok: true as const,
        preview: { comment, words, text: await previewRedaction(context, wave, { comment, words }) },
      }
    case 'redact':
      await redactComment(context, wave, { comment, words })
      return redirect(`/surveys/${wave}/comments#comment-${comment}`)
    case 'tag':
      await tagComment(context, wave, { comment, themes: form.getAll('theme').map(String) })
      return redirect(`/surveys/${wave}/comments#comment-${comment}`)
    case 'done':
      if (!form.has('confirm')) throw invalidField('confirm', 'Tick that you have read them all.')
      await finishStewarding(context, wave)
      return redirect(`/surveys/${wave}`)
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
})

export const meta: MetaFunction = () => [{ title: 'Comments before publication · Candor' }]

export default function WaveComments() {
  const { wave, until, questions, themes, unread, redacted } = useLoaderData<typeof loader>()
  const answer = useActionData<Refused | { ok: true; preview: Preview }>()
  const preview = answer?.ok ? answer.preview : null
  const total = questions.reduce((sum, question) => sum + question.comments.length, 0)
  return (
    <main id="content" className="results">
      <p className="eyebrow">{wave.title}</p>
      <h1>Comments before publication</h1>
      <p className="lead">
        Take names out, and give themes. Nothing else: no comment is edited, and none is left out. Only stewards see
        this page, and only until <When at={until} show="minute" />; then all comments are published as they stand.
      </p>
      <p className="muted">
        {total} {total === 1 ? 'comment' : 'comments'}, names taken out of {redacted}.
        {unread > 0
          ? ` ${unread} more stand on questions with too few of them; nobody reads those, and they are erased.`
          : ''}
      </p>
      <Fields state={answer && !answer.ok ? answer : null}>
        {questions.map(question => (
          <StewardQuestion key={question.id} question={question} themes={themes} preview={preview} />
        ))}
        <h2>Done?</h2>
        <p className="measure">The comments are then published, and this page closes. It cannot be undone.</p>
        <Form method="post">
          <input type="hidden" name="intent" value="done" />
          <label className="check" id="field-confirm">
            <input type="checkbox" name="confirm" /> I have read them all, and no name is left in them
          </label>
          <p className="actions">
            <button className="btn primary">Publish the comments</button> <Link to="/surveys">Go on later</Link>
          </p>
        </Form>
      </Fields>
    </main>
  )
}
