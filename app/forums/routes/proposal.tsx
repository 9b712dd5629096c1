import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { readProposal } from '#app/forums/read-proposal.server.ts'
import { confirmProposal, dropProposal } from '#app/forums/settle-proposal.server.ts'
import '#app/forums/ui/forums.css'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'
import { Day } from '#app/ui/time.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('take part in forums', ({ db, actor, params: { id = '', proposal = '' } }) =>
  readProposal({ db, actor }, { forumId: id, id: proposal }),
)

export const action = pageAction(
  'take part in forums',
  async ({ db, clock, actor, form, params: { id = '', proposal = '' } }) => {
    const context = { db, clock, actor }
    const which = { forumId: id, id: proposal }
    switch (textOf(form, 'intent')) {
      case 'confirm':
        await confirmProposal(context, {
          ...which,
          given: {
            title: textOf(form, 'title'),
            owner: textOf(form, 'owner'),
            dueOn: textOf(form, 'dueOn'),
            kind: textOf(form, 'kind') || null,
            incident: textOf(form, 'incident'),
          },
        })
        break
      case 'drop':
        await dropProposal(context, { ...which, reason: textOf(form, 'reason') })
        break
      default:
        throw invalidField('intent', 'Candor did not understand what to do.')
    }
    return redirect(`/forums/${id}`)
  },
)

export const meta: MetaFunction = () => [{ title: 'Confirm a proposal · Candor' }]

const KINDS = [
  { value: '', label: 'Not said' },
  ...['prevent', 'detect', 'mitigate', 'process'].map(value => ({ value, label: value })),
]

export default function Proposal() {
  const { forum, text, kind, owner, incident, confirmBy } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/forums/${forum.id}`}>
          <bdi>{forum.title}</bdi>
        </Link>
      </p>
      <h1>Confirm a proposal</h1>
      <p className="lead">
        With an owner who agrees and a date that holds it becomes an action item. To be settled by{' '}
        <Day on={confirmBy} />.
      </p>
      <Fields>
        <Form method="post">
          <TextField name="title" label="What will be true" required defaultValue={text} />
          <div className="pair">
            <TextField name="owner" label="Owner’s e-mail" type="email" required defaultValue={owner} />
            <TextField name="dueOn" label="Due" type="date" required />
            <SelectField name="kind" label="Kind" options={KINDS} defaultValue={kind ?? ''} />
          </div>
          {incident === null ? (
            <TextField
              name="incident"
              label="Incident"
              required
              help="The key of the one that it helps most, such as INC-142."
            />
          ) : (
            <p className="muted">
              For <Link to={`/incidents/${encodeURIComponent(incident)}`}>{incident}</Link>.
            </p>
          )}
          <p className="actions">
            <button className="btn primary" name="intent" value="confirm">
              Make it an action item
            </button>
          </p>
        </Form>
        <h2>Or let it go</h2>
        <Form method="post">
          <TextField name="reason" label="Why" required help="The record keeps it, with your reason." />
          <p className="actions">
            <button className="btn" name="intent" value="drop">
              Drop it
            </button>
          </p>
        </Form>
      </Fields>
    </main>
  )
}
