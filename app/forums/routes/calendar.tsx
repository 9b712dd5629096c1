import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { feedSince, renewFeed, revokeFeed } from '#app/forums/feed.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { When } from '#app/ui/time.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('take part in forums', async ({ db, actor }) => ({
  since: await feedSince({ db, actor }),
}))

export const action = pageAction('take part in forums', async ({ db, clock, actor, form, site, url }) => {
  const context = { db, clock, actor }
  const noStore = { headers: { 'cache-control': 'no-store' } }
  switch (textOf(form, 'intent')) {
    case 'renew':
      return data({ address: `${site.origin ?? url.origin}/forums/calendar/${await renewFeed(context)}.ics` }, noStore)
    case 'revoke':
      await revokeFeed(context)
      return data({ address: null }, noStore)
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
})

export const meta: MetaFunction = () => [{ title: 'Forums in your own calendar · Candor' }]

export default function Calendar() {
  const { since } = useLoaderData<typeof loader>()
  const answer = useActionData() as { address?: string | null } | undefined
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/forums">Forums</Link>
      </p>
      <h1>Forums in your own calendar</h1>
      <p className="lead">
        Your calendar program follows an address that only you know, and moves forums when they move.
      </p>
      {answer?.address ? (
        <div className="notice said" role="status">
          <p>Give this address to your calendar program. It is shown only now.</p>
          <code className="secret">{answer.address}</code>
        </div>
      ) : null}
      {since ? (
        <p>
          You have an address since <When at={since} show="minute" />. With a new one the old one stops working.
        </p>
      ) : (
        <p>You have no address yet.</p>
      )}
      <Form method="post">
        <p className="actions">
          <button className="btn primary" name="intent" value="renew">
            {since ? 'Make a new address' : 'Make an address'}
          </button>
          {since ? (
            <button className="btn danger" name="intent" value="revoke">
              Take it back
            </button>
          ) : null}
        </p>
      </Form>
      <p className="muted small">
        Invitations by mail come besides, unless you have turned them off on <Link to="/me">your page</Link>.
      </p>
    </main>
  )
}
