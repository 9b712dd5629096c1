import { Form, Link } from '@remix-run/react'
import { PASSWORD_HELP } from '#app/identity/password-help.ts'
import { Fields, TextField } from '#app/ui/form.tsx'
import { useAnswer } from './forms.ts'
import { Outside } from './outside.tsx'

/** Where a mailed link leads: choose a password, or hear that the link is worth nothing any more. */
export function PasswordPage({
  of,
  title,
  lead,
}: {
  of: { name: string; email: string } | null
  title: string
  lead: string
}) {
  const isGone = useAnswer<{ isGone: boolean }>() !== null
  if (!of || isGone)
    return (
      <Outside
        title="This link has done its work"
        lead="It was used already, a newer one was sent, or it is older than an hour."
      >
        <p className="actions">
          <Link className="btn primary" to="/forgotten">
            Send me a new link
          </Link>
          <Link to="/sign-in">Sign in</Link>
        </p>
      </Outside>
    )
  return (
    <Outside title={title} lead={lead}>
      <Form method="post">
        <Fields>
          <p>
            For <bdi>{of.name}</bdi>, <bdi>{of.email}</bdi>
          </p>
          {/* Password managers keep the new password under this name. */}
          <input type="email" name="email" value={of.email} autoComplete="username" readOnly hidden />
          <TextField
            name="password"
            label="New password"
            type="password"
            autoComplete="new-password"
            required
            help={PASSWORD_HELP}
          />
          <p className="actions">
            <button className="btn primary">Save and sign in</button>
          </p>
        </Fields>
      </Form>
    </Outside>
  )
}
