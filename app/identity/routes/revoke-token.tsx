import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { listTokens } from '#app/identity/list-tokens.server.ts'
import { revokeToken } from '#app/identity/revoke-token.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { Day } from '#app/ui/time.tsx'

export const loader = pageLoader('administer', async ({ db, clock, actor, params }) => {
  const token = (await listTokens({ db, clock, actor })).find(one => one.id === params.id)
  if (token?.state !== 'in use') throw notFound('This token')
  return { token }
})

export const action = pageAction('administer', async ({ db, clock, actor, params }) => {
  await revokeToken({ db, clock, actor }, { id: params.id ?? '' })
  return redirect('/admin/tokens')
})

export const meta: MetaFunction = () => [{ title: 'Revoke a token · Candor' }]

export default function RevokeToken() {
  const { token } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>
        Revoke the token for <bdi>{token.name}</bdi>?
      </h1>
      <p className="lead">
        Whatever uses it is locked out at once, and for good: a revoked token cannot be given back.
      </p>
      <p>
        {token.lastUsedOn ? (
          <>
            It was last used on <Day on={token.lastUsedOn} />.
          </>
        ) : (
          'It has not been used yet.'
        )}
      </p>
      <Form method="post">
        <p className="actions">
          <button className="btn danger">Revoke the token</button>
          <Link className="btn" to="/admin/tokens">
            Keep it
          </Link>
        </p>
      </Form>
    </main>
  )
}
