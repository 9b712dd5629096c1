import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { HANDOFF_PARTS, type TypedParts } from '#app/incidents/handoff.ts'
import { offerHandoff } from '#app/incidents/offer-handoff.server.ts'
import { presentOffer } from '#app/incidents/present-roles.server.ts'
import { HandoffParts } from '#app/incidents/ui/handoff-parts.tsx'
import '#app/incidents/ui/incident.css'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, SelectField } from '#app/ui/form.tsx'

export const loader = pageLoader('record incidents', async ({ db, clock, actor, params, url }) => ({
  ...(await presentOffer({ db, clock, actor }, params.key ?? '')),
  chosen: url.searchParams.get('turn') ?? '',
}))

export const action = pageAction('record incidents', async ({ db, clock, actor, params, form }) => {
  const key = params.key ?? ''
  const parts = Object.fromEntries(
    HANDOFF_PARTS.map(part => [part, { text: textOf(form, part), isNothing: form.has(`${part}-nothing`) }]),
  ) as TypedParts
  const id = await offerHandoff(
    { db, clock, actor },
    { key, assignmentId: textOf(form, 'turn'), receiverId: textOf(form, 'receiverId'), parts },
  )
  return redirect(`/incidents/${encodeURIComponent(key)}/handoffs/${id}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Hand over in ${data?.key ?? ''} · Candor` }]

export default function OfferHandoff() {
  const { key, title, turns, people, chosen } = useLoaderData<typeof loader>()
  const address = `/incidents/${encodeURIComponent(key)}`
  return (
    <main id="content" className="incidents-page">
      <p className="eyebrow">
        <Link to={address}>
          {key} · <bdi>{title}</bdi>
        </Link>
      </p>
      <h1>Hand over</h1>
      <p className="lead">What the next one needs to know, so that nothing is tried twice and nothing is forgotten.</p>
      {turns.length === 0 ? (
        <Empty title="You hold no role that can be handed over">
          <p>
            Only who holds a role hands it over, and a role is offered to one person at a time.{' '}
            <Link to={`${address}/roles`}>See who holds which role</Link>
          </p>
        </Empty>
      ) : (
        <Form method="post">
          <Fields>
            <SelectField
              name="turn"
              label="Your role"
              required
              defaultValue={turns.some(turn => turn.id === chosen) ? chosen : turns[0]?.id}
              options={turns.map(({ id, role }) => ({ value: id, label: role }))}
            />
            <SelectField
              name="receiverId"
              label="Who takes over"
              required
              options={[{ value: '', label: 'Choose' }, ...people.map(({ id, label }) => ({ value: id, label }))]}
              help="They read it and accept; until then the role stays with you."
            />
            <HandoffParts />
            <p className="actions">
              <button className="btn primary">Send the handoff</button>
              <Link className="btn quiet" to={address}>
                Cancel
              </Link>
            </p>
          </Fields>
        </Form>
      )}
    </main>
  )
}
