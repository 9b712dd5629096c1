import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { linkOrigin } from '#app/identity/link-origin.ts'
import { requestPasswordReset } from '#app/identity/request-password-reset.server.ts'
import { resetThrottle } from '#app/identity/throttle.server.ts'
import { useAnswer } from '#app/identity/ui/forms.ts'
import { Outside } from '#app/identity/ui/outside.tsx'
import { AppError } from '#app/platform/errors.ts'
import { Fields, TextField } from '#app/ui/form.tsx'
import { visitorAction } from './visitor-action.server.ts'

const NO_ADDRESS =
  'Candor does not know its own address yet, so it cannot mail links. Ask your administrator to set ORIGIN.'

export function loader({ request, context }: LoaderFunctionArgs) {
  const { origin, mailer } = context.site
  return { canMail: linkOrigin(origin, new URL(request.url)) !== null, hasServer: mailer.folder === null }
}

export const action = visitorAction(async ({ db, clock, mailer, log, origin, url, form, address }) => {
  const begins = linkOrigin(origin, url)
  if (begins === null) throw new AppError('invalid', NO_ADDRESS)
  await requestPasswordReset(
    { db, clock, mailer, log, origin: begins, throttle: resetThrottle },
    { email: textOf(form, 'email'), address },
  )
  return data({ ok: true, isSent: true })
})

export const meta: MetaFunction = () => [{ title: 'Forgotten password · Candor' }]

export default function Forgotten() {
  const { canMail, hasServer } = useLoaderData<typeof loader>()
  if (useAnswer<{ isSent: boolean }>())
    return (
      <Outside
        title="Look into your mail"
        lead="If that address has an account, a link to a new password is on its way to it."
      >
        <p>
          It works once, for an hour. Nothing there? Look among the unwanted mail, and check how the address is spelt.
        </p>
        {hasServer ? null : (
          <div className="notice warn">
            <p>This Candor has no mail server yet: your administrator finds the mail in the server’s mail folder.</p>
          </div>
        )}
        <p className="actions">
          <Link className="btn" to="/sign-in">
            Back to sign-in
          </Link>
        </p>
      </Outside>
    )
  return (
    <Outside title="Forgotten your password?" lead="Write your e-mail, and we send a link that sets a new one.">
      {canMail ? null : (
        <div className="notice warn">
          <p>{NO_ADDRESS}</p>
        </div>
      )}
      <Form method="post">
        <Fields>
          <TextField name="email" label="E-mail" type="email" autoComplete="username" required />
          <p className="actions">
            <button className="btn primary">Send the link</button>
            <Link to="/sign-in">Back to sign-in</Link>
          </p>
        </Fields>
      </Form>
    </Outside>
  )
}
