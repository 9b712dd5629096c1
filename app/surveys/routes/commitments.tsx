import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { commitTo, withdrawCommitment } from '#app/surveys/results/commit-to.server.ts'
import { commitmentsView } from '#app/surveys/results/commitments-view.server.ts'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'
import '#app/surveys/ui/results.css'

export const loader = pageLoader('administer', ({ db, clock, actor, params }) =>
  commitmentsView({ db, clock, actor }, params.wave ?? ''),
)

export const action = pageAction('administer', async ({ db, clock, actor, params, form }) => {
  const wave = params.wave ?? ''
  switch (textOf(form, 'intent')) {
    case 'add':
      await commitTo({ db, clock, actor }, wave, {
        text: textOf(form, 'text'),
        item: textOf(form, 'item'),
        action: textOf(form, 'action'),
      })
      return redirect(`/surveys/${wave}#what-we-will-do`)
    case 'withdraw':
      await withdrawCommitment({ db, clock, actor }, wave, textOf(form, 'commitment'))
      return redirect(`/surveys/${wave}/commitments`)
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
})

export const meta: MetaFunction = () => [{ title: 'What we will do · Candor' }]

export default function CommitmentsPage() {
  const { id, title, commitments, questions, actions } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/surveys/${id}`}>{title}</Link>
      </p>
      <h1>What we will do</h1>
      <p className="lead">Everybody who sees the results sees this beside them. Results without answers end surveys.</p>
      {commitments.length > 0 ? (
        <ul className="commitments">
          {commitments.map(commitment => (
            <li key={commitment.id}>
              <bdi>{commitment.text}</bdi>
              <Form method="post">
                <input type="hidden" name="intent" value="withdraw" />
                <button
                  className="btn quiet"
                  name="commitment"
                  value={commitment.id}
                  aria-label={`Take back: ${commitment.text}`}
                >
                  Take back
                </button>
              </Form>
            </li>
          ))}
        </ul>
      ) : null}
      <Form method="post" className="form">
        <input type="hidden" name="intent" value="add" />
        <Fields>
          <TextField name="text" label="What will be done" help="One sentence, as concrete as you can." required />
          <SelectField
            name="item"
            label="On which question (optional)"
            options={[
              { value: '', label: 'On the whole' },
              ...questions.map((question, at) => ({ value: question.id, label: `${at + 1}. ${question.text}` })),
            ]}
          />
          <SelectField
            name="action"
            label="Action item (optional)"
            help={
              <>
                Who sees to it, and until when. Not there yet? <Link to="/actions/new">Add an action item</Link> first.
              </>
            }
            options={[{ value: '', label: 'None' }, ...actions.map(item => ({ value: item.id, label: item.title }))]}
          />
        </Fields>
        <p className="actions">
          <button className="btn primary">Say so</button> <Link to={`/surveys/${id}`}>Back</Link>
        </p>
      </Form>
    </main>
  )
}
