/** The forms of one's own page. */
import { Form } from '@remix-run/react'
import type { OpenSession } from '#app/identity/list-sessions.server.ts'
import { MAIL_LABELS, type MailKind } from '#app/identity/mails.ts'
import { PASSWORD_HELP } from '#app/identity/password-help.ts'
import { CheckField, Fields, SelectField, TextField } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import './people.css'
import { useRefusalOf } from './forms.ts'

interface Choice {
  value: string
  label: string
}

export function OwnPreferences({
  preferences,
  zones,
}: {
  preferences: { timeZone: string | null; mails: MailKind[] }
  zones: Choice[]
}) {
  const refusal = useRefusalOf('preferences')
  return (
    <section aria-labelledby="preferences">
      <h2 id="preferences">Time and mail</h2>
      <Form method="post">
        <input type="hidden" name="intent" value="preferences" />
        <Fields state={refusal}>
          <SelectField
            name="timeZone"
            label="Time zone"
            options={zones}
            defaultValue={preferences.timeZone ?? ''}
            help="Times are shown to you in it. Days and quarters are counted in the organisation’s."
          />
          <fieldset>
            <legend>Mails you want</legend>
            {Object.entries(MAIL_LABELS).map(([kind, label]) => (
              <CheckField
                key={kind}
                name="mails"
                value={kind}
                label={label}
                defaultChecked={preferences.mails.includes(kind as MailKind)}
              />
            ))}
            <p className="help muted small">Mails about your account always come.</p>
          </fieldset>
          <button className="btn primary">Save</button>
        </Fields>
      </Form>
    </section>
  )
}

export function OwnSessions({ sessions }: { sessions: OpenSession[] }) {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <p>
        A session ends 30 days after its last use. Sign out whatever you do not recognise, then change your password.
      </p>
      <ul className="rows">
        {sessions.map(session => (
          <li key={session.id}>
            <span>
              {session.device}
              {session.isCurrent ? <b> · this one</b> : null}
              <br />
              <span className="muted small">
                since <When at={session.createdAt} show="minute" />
              </span>
            </span>
            {session.isCurrent ? null : (
              <Form method="post">
                <input type="hidden" name="intent" value="revoke" />
                <button className="btn small" name="session" value={session.id}>
                  Sign out<span className="visually-hidden"> {session.device}</span>
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <Form method="post">
        <button className="btn" name="intent" value="everywhere">
          Sign out everywhere, here too
        </button>
      </Form>
    </section>
  )
}

export function OwnPassword({ email }: { email: string }) {
  const refusal = useRefusalOf('password')
  return (
    <section aria-labelledby="password">
      <h2 id="password">Password</h2>
      <Form method="post">
        <input type="hidden" name="intent" value="password" />
        {/* Password managers find by it which password changes. */}
        <input type="email" name="email" value={email} autoComplete="username" readOnly hidden />
        <Fields state={refusal}>
          <TextField
            name="currentPassword"
            label="Present password"
            type="password"
            autoComplete="current-password"
            required
          />
          <TextField
            name="password"
            label="New password"
            type="password"
            autoComplete="new-password"
            required
            help={`${PASSWORD_HELP} Every other device is signed out.`}
          />
          <button className="btn primary">Change the password</button>
        </Fields>
      </Form>
    </section>
  )
}
