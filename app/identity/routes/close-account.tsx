import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { closeAccount } from '#app/identity/close-account.server.ts'
import { getPerson } from '#app/identity/get-person.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { Fields } from '#app/ui/form.tsx'

export const loader = pageLoader('administer', async ({ db, clock, actor, params }) => {
  const { id, name, details } = await getPerson({ db, clock, actor }, { id: params.id ?? '' })
  if (details?.account !== 'open' && details?.account !== 'invited') throw notFound('This account')
  return { id, name }
})

export const action = pageAction('administer', async ({ db, clock, actor, params: { id = '' } }) => {
  await closeAccount({ db, clock, actor }, { personId: id })
  return redirect(`/people/${encodeURIComponent(id)}?saved=closed`)
})

export const meta: MetaFunction = () => [{ title: 'Close an account · Candor' }]

export default function CloseAccount() {
  const { id, name } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>
        Close the account of <bdi>{name}</bdi>?
      </h1>
      <p className="lead">
        Sessions, API tokens and open links end at once. The account can be opened again; the tokens cannot.
      </p>
      <p>Someone who leaves the organisation needs no closing: write their last day instead.</p>
      <Form method="post">
        <Fields>
          <p className="actions">
            <button className="btn danger">Close the account</button>
            <Link className="btn" to={`/people/${id}`}>
              Keep it
            </Link>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
