import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { createToken } from '#app/identity/create-token.server.ts'
import { listTokens } from '#app/identity/list-tokens.server.ts'
import { ROLE_CHOICES } from '#app/identity/ui/choices.ts'
import { useAnswer } from '#app/identity/ui/forms.ts'
import { TokenTable } from '#app/identity/ui/token-table.tsx'
import { invalidField } from '#app/platform/errors.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

const DAY_MS = 86_400_000
const LIFETIMES = [
  { value: '90', label: '90 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'Never' },
]

export const loader = pageLoader('administer', async ({ db, clock, actor }) => ({
  tokens: await listTokens({ db, clock, actor }),
}))

export const action = pageAction('administer', async ({ db, clock, actor, form }) => {
  const lifetime = LIFETIMES.find(one => one.value === textOf(form, 'expires'))?.value
  if (!lifetime) throw invalidField('expires', 'Choose when the token expires.')
  const expiresAt = lifetime === 'never' ? null : new Date(clock.now() + Number(lifetime) * DAY_MS).toISOString()
  const name = textOf(form, 'name')
  const { secret } = await createToken({ db, clock, actor }, { name, role: textOf(form, 'role') as never, expiresAt })
  return data({ ok: true, secret, name })
})

export const meta: MetaFunction = () => [{ title: 'API tokens · Candor' }]

export default function Tokens() {
  const { tokens } = useLoaderData<typeof loader>()
  const made = useAnswer<{ secret: string; name: string }>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/admin">Administration</Link>
      </p>
      <h1>API tokens</h1>
      <p className="lead">
        For scripts and other systems. A token acts for whoever made it, and never with more than their present role.
      </p>
      {made ? (
        <div className="notice said" role="status">
          <p>
            The token for <bdi>{made.name}</bdi>. Copy it now: it is not shown again.
          </p>
          <code className="secret">{made.secret}</code>
        </div>
      ) : null}
      {tokens.length > 0 ? (
        <TokenTable tokens={tokens} />
      ) : (
        <Empty title="No tokens yet">
          <p>
            With one, a script can search, import and read figures. What there is to ask is described at{' '}
            <Link to="/docs/api">the API’s own page</Link>.
          </p>
        </Empty>
      )}
      <h2>Make a token</h2>
      <Form method="post">
        <Fields key={made?.secret}>
          <TextField
            name="name"
            label="What is it for?"
            required
            autoComplete="off"
            help="Such as: nightly export to the data warehouse."
          />
          <SelectField
            name="role"
            label="Role"
            options={ROLE_CHOICES}
            defaultValue="member"
            help="The least that does the job."
          />
          <SelectField name="expires" label="Expires after" options={LIFETIMES} defaultValue="90" />
          <button className="btn primary">Make the token</button>
        </Fields>
      </Form>
    </main>
  )
}
