import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { createActionItem } from '#app/postmortems/create-action-item.server.ts'
import { KINDS } from '#app/postmortems/ui/action-forms.tsx'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('own action items', async ({ actor, url }) => ({
  incident: url.searchParams.get('incident')?.slice(0, 200) ?? '',
  postmortem: url.searchParams.get('postmortem')?.slice(0, 300) ?? '',
  me: actor.email,
}))

export const action = pageAction('own action items', async ({ db, clock, actor, form }) => {
  const given = (name: string) => textOf(form, name).trim() || null
  const id = await createActionItem(
    { db, clock, actor },
    {
      title: textOf(form, 'title'),
      kind: given('kind'),
      owner: given('owner'),
      dueOn: given('dueOn'),
      incident: given('incident'),
      postmortem: given('postmortem'),
    },
  )
  return redirect(`/actions/${id}?saved=new`)
})

export const meta: MetaFunction = () => [{ title: 'Add an action item · Candor' }]

export default function NewAction() {
  const { incident, postmortem, me } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/actions">Action items</Link>
      </p>
      <h1>Add an action item</h1>
      <p className="lead">Say what will be true when it is done, so that another person could check it.</p>
      <Form method="post">
        <Fields>
          <TextField
            name="title"
            label="What will be true"
            required
            help="Such as: the gateway gives up on a partner after two seconds."
          />
          <div className="pair">
            <SelectField name="kind" label="Kind" options={KINDS} />
            <TextField name="dueOn" label="Due" type="date" />
          </div>
          <TextField name="owner" label="Owner’s e-mail" type="email" defaultValue={me} required={false} />
          {postmortem ? (
            <input type="hidden" name="postmortem" value={postmortem} />
          ) : (
            <TextField
              name="incident"
              label="Incident"
              defaultValue={incident}
              help="The key of the incident that it came from, such as INC-142."
            />
          )}
          <p className="actions">
            <button className="btn primary">Add</button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
