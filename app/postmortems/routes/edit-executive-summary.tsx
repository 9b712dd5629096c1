import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { saveSummary, summaryToEdit } from '#app/postmortems/executive-summary.server.ts'
import { Fields, TextArea } from '#app/ui/form.tsx'

export const loader = pageLoader('read', ({ db, actor, params }) => summaryToEdit({ db, actor }, params.slug ?? ''))

export const action = pageAction('read', async ({ db, clock, actor, params, form }) => {
  const slug = params.slug ?? ''
  await summaryToEdit({ db, actor }, slug)
  const expected = textOf(form, 'expected')
  if (!/^\d{1,6}$/.test(expected)) throw new AppError('invalid', 'The form is incomplete. Please load the page again.')
  await saveSummary({ db, clock, actor }, slug, {
    happened: textOf(form, 'happened'),
    learnt: textOf(form, 'learnt'),
    changes: textOf(form, 'changes'),
    expected: Number(expected),
  })
  return redirect(`/library/${slug}/summary?saved=saved`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit the executive summary of ${data?.title ?? ''} · Candor` },
]

export default function EditExecutiveSummary() {
  const { slug, title, number, happened, learnt, changes } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/library/${slug}/summary`}>{title}</Link>
      </p>
      <h1>{number === 0 ? 'Write the executive summary' : 'Edit the executive summary'}</h1>
      <p className="lead">
        {number === 0
          ? 'This is drafted from the postmortem’s sections. Make it one page that somebody reads who was not there.'
          : `This is version ${number}. Saving makes another one; none is lost.`}
      </p>
      <Form method="post" className="wide-form">
        <Fields>
          <input type="hidden" name="expected" value={number} />
          <TextArea
            name="happened"
            label="What happened"
            rows={8}
            defaultValue={happened}
            help="Markdown. Who was affected, how many, for how long; then what the system did."
          />
          <TextArea
            name="learnt"
            label="What we learnt"
            rows={8}
            defaultValue={learnt}
            help="What is true of our systems that we did not know before."
          />
          <TextArea
            name="changes"
            label="What changes"
            rows={8}
            defaultValue={changes}
            help="What will be different, and when; what still needs a decision."
          />
          <p className="actions">
            <button className="btn primary">Save</button>
            <Link className="btn quiet" to={`/library/${slug}/summary`}>
              Cancel
            </Link>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
