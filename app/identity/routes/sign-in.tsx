import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { hasAccounts } from '#app/identity/create-first-administrator.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { DEFAULT_SETTINGS } from '#app/identity/settings.ts'
import { signIn } from '#app/identity/sign-in.server.ts'
import { signInThrottle } from '#app/identity/throttle.server.ts'
import { Outside } from '#app/identity/ui/outside.tsx'
import { wayBack } from '#app/identity/way-back.ts'
import { Fields, TextField } from '#app/ui/form.tsx'
import { visitorAction } from './visitor-action.server.ts'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const to = wayBack(new URL(request.url).searchParams.get('to'))
  if (context.actor) throw redirect(to)
  const { db, isDemo } = context.site
  if (!(await hasAccounts(db))) throw redirect('/set-up')
  const { organisationName } = await readSettings(db)
  return { to, isDemo, organisation: organisationName === DEFAULT_SETTINGS.organisationName ? null : organisationName }
}

export const action = visitorAction(async ({ db, clock, origin, form, address, userAgent }) => {
  const credentials = { email: textOf(form, 'email'), password: textOf(form, 'password'), address, userAgent }
  const cookie = await signIn({ db, clock, origin, throttle: signInThrottle }, credentials)
  return redirect(wayBack(textOf(form, 'to')), { headers: { 'set-cookie': cookie } })
})

export const meta: MetaFunction = () => [{ title: 'Sign in · Candor' }]

const DEMO_LOGINS = ['admin', 'facilitator', 'editor', 'member']

export default function SignIn() {
  const { to, isDemo, organisation } = useLoaderData<typeof loader>()
  const busy = useNavigation().state !== 'idle'
  return (
    <Outside
      title="Sign in"
      lead={`Where ${organisation ? `${organisation} learns from its` : 'we learn from our'} incidents.`}
    >
      <Form method="post" action="/sign-in">
        <Fields>
          <input type="hidden" name="to" value={to} />
          <TextField name="email" label="E-mail" type="email" autoComplete="username" required />
          <TextField name="password" label="Password" type="password" autoComplete="current-password" required />
          <p className="actions">
            <button className="btn primary" disabled={busy}>
              {busy ? 'Signing in …' : 'Sign in'}
            </button>
            <Link to="/forgotten">Forgotten your password?</Link>
          </p>
        </Fields>
      </Form>
      {isDemo ? (
        <div className="notice">
          <p>
            This is the demo. Sign in as{' '}
            {DEMO_LOGINS.map((name, at) => (
              <span key={name}>
                {at === 0 ? '' : at === DEMO_LOGINS.length - 1 ? ' or ' : ', '}
                <code>{name}@demo.candor.test</code>
              </span>
            ))}{' '}
            with the password <code>candor-demo</code>.
          </p>
        </div>
      ) : null}
    </Outside>
  )
}
