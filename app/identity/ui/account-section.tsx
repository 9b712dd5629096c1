import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { WholePerson } from '#app/identity/get-person.server.ts'
import { Fields, SelectField } from '#app/ui/form.tsx'
import { ROLE_CHOICES } from './choices.ts'

interface Props {
  person: WholePerson
  details: NonNullable<WholePerson['details']>
  mailFolder: string | null
  today: string
}

/** What an administrator can do about a person's way in. */
export function AccountSection({ person, details, mailFolder, today }: Props) {
  return (
    <section aria-labelledby="account">
      <h2 id="account">Account</h2>
      <Actions person={person} details={details} today={today} />
      {mailFolder && details.account !== 'open' ? (
        <div className="notice warn said">
          <p>
            No mail server is set up (<code>SMTP_URL</code>): mails are kept in <code>{mailFolder}</code> on the server.
          </p>
        </div>
      ) : null}
    </section>
  )
}

function Actions({ person, details, today }: Omit<Props, 'mailFolder'>) {
  if (details.leftOn && details.leftOn <= today)
    return <p>People who have left cannot sign in: their sessions, tokens and links have ended.</p>
  if (details.account === 'closed')
    return (
      <Form method="post">
        <p>This account is closed. Nobody can sign in with it.</p>
        <button className="btn" name="intent" value="reopen">
          Open it again
        </button>
      </Form>
    )
  if (details.account === 'open')
    return (
      <>
        <RoleForm intent="role" role={person.role ?? 'member'} verb="Change the role" />
        <p>
          <Link to={`/people/${person.id}/close`}>Close this account …</Link>
        </p>
      </>
    )
  const isInvited = details.account === 'invited'
  return (
    <RoleForm
      intent="invite"
      role={person.role ?? 'member'}
      verb={isInvited ? 'Send a new invitation' : 'Send an invitation'}
    >
      <p>
        {isInvited
          ? 'An invitation was sent and not followed yet. A new one makes the older worthless.'
          : 'No account yet. An invitation is a mail with a link to choose a password; the link works for an hour.'}
      </p>
    </RoleForm>
  )
}

function RoleForm({
  intent,
  role,
  verb,
  children,
}: {
  intent: string
  role: string
  verb: string
  children?: ReactNode
}) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={intent} />
      <Fields>
        {children}
        <SelectField name="role" label="Role" options={ROLE_CHOICES} defaultValue={role} key={role} />
        <button className="btn">{verb}</button>
      </Fields>
    </Form>
  )
}
