import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { startPostmortem } from '#app/postmortems/start-postmortem.server.ts'
import { Fields, TextField } from '#app/ui/form.tsx'

export const loader = pageLoader('draft postmortems', async () => null)

export const action = pageAction('draft postmortems', async ({ db, clock, actor, form }) => {
  const { id } = await startPostmortem({ db, clock, actor }, textOf(form, 'title'))
  return redirect(`/postmortems/${id}/edit`)
})

export const meta: MetaFunction = () => [{ title: 'New postmortem · Candor' }]

export default function NewPostmortem() {
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/library">Library</Link>
      </p>
      <h1>New postmortem</h1>
      <p className="lead">
        A draft that you and whom you name can see. If there is an incident behind it, begin on the incident’s page:
        facts and timeline are filled in then.
      </p>
      <Form method="post">
        <Fields>
          <TextField name="title" label="Title" required help="What broke and why, in one line." />
          <p className="actions">
            <button className="btn primary">Begin the draft</button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
