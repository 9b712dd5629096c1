import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { answering } from '#app/http/route.server.ts'
import { createFirstAdministrator, hasAccounts } from '#app/identity/create-first-administrator.server.ts'
import { PASSWORD_HELP } from '#app/identity/password-help.ts'
import { timeZoneChoices } from '#app/identity/time-zones.server.ts'
import { Outside } from '#app/identity/ui/outside.tsx'
import { notFound } from '#app/platform/errors.ts'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'
import { visitorAction } from './visitor-action.server.ts'

export function loader({ context }: LoaderFunctionArgs) {
  return answering(async () => {
    if (await hasAccounts(context.site.db)) throw notFound()
    return { zones: timeZoneChoices(null) }
  })
}

export const action = visitorAction(async ({ db, clock, origin, site, form, userAgent }) => {
  const cookie = await createFirstAdministrator(
    { db, clock, origin, setUpCode: site.setUpCode },
    {
      code: textOf(form, 'code'),
      organisationName: textOf(form, 'organisationName'),
      timeZone: textOf(form, 'timeZone'),
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
      userAgent,
    },
  )
  site.setUpCode = null
  return redirect('/admin', { headers: { 'set-cookie': cookie } })
})

export const meta: MetaFunction = () => [{ title: 'Set up Candor' }]

export default function SetUp() {
  const { zones } = useLoaderData<typeof loader>()
  return (
    <Outside
      title="Set up Candor"
      lead="A minute’s work: prove that this server is yours, then make the first account."
    >
      <Form method="post">
        <Fields>
          <TextField
            name="code"
            label="One-time code"
            autoComplete="off"
            required
            help="Candor printed it on the console when it started."
          />
          <TextField name="organisationName" label="Name of your organisation" autoComplete="organization" required />
          <SelectField
            name="timeZone"
            label="Time zone of your organisation"
            options={zones}
            defaultValue="UTC"
            help="Days and quarters are counted in it. Everybody can choose their own for reading."
          />
          <TextField name="name" label="Your name" autoComplete="name" required />
          <TextField name="email" label="Your e-mail" type="email" autoComplete="username" required />
          <TextField
            name="password"
            label="A password"
            type="password"
            autoComplete="new-password"
            required
            help={PASSWORD_HELP}
          />
          <p className="actions">
            <button className="btn primary">Make the first account</button>
          </p>
        </Fields>
      </Form>
    </Outside>
  )
}
