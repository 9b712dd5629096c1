import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { can, ROLES, type Role } from '#app/identity/actor.ts'
import { changeRole } from '#app/identity/change-role.server.ts'
import { reopenAccount } from '#app/identity/close-account.server.ts'
import { getPerson } from '#app/identity/get-person.server.ts'
import { invitePerson } from '#app/identity/invite-person.server.ts'
import { AccountSection } from '#app/identity/ui/account-section.tsx'
import { PersonFacts } from '#app/identity/ui/person-facts.tsx'
import { Saved } from '#app/identity/ui/saved.tsx'
import { dayIn } from '#app/platform/clock.ts'
import { invalidField } from '#app/platform/errors.ts'

export const loader = pageLoader('see people', async ({ db, clock, actor, mailer, params }) => ({
  person: await getPerson({ db, clock, actor }, { id: params.id ?? '' }),
  mayEdit: can(actor, 'administer'),
  mailFolder: can(actor, 'administer') ? mailer.folder : null,
  today: dayIn(actor.timeZone, clock.now()),
}))

export const action = pageAction('administer', async ({ db, clock, actor, mailer, log, origin, url, params, form }) => {
  const personId = params.id ?? ''
  const context = { db, clock, actor }
  const here = (saved: string) => redirect(`/people/${encodeURIComponent(personId)}?saved=${saved}`)
  switch (textOf(form, 'intent')) {
    case 'invite': {
      // An administrator's own address for Candor can be believed where ORIGIN is not set: the form came from it.
      const sender = { ...context, mailer, log, origin: origin ?? url.origin }
      const { mailed } = await invitePerson(sender, { personId, role: roleIn(form) })
      return here(mailed ? 'invited' : 'unmailed')
    }
    case 'role':
      await changeRole(context, { personId, role: roleIn(form) })
      return here('role')
    case 'reopen':
      await reopenAccount(context, { personId })
      return here('reopened')
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
})

function roleIn(form: FormData): Role {
  const role = ROLES.find(one => one === textOf(form, 'role'))
  if (!role) throw invalidField('role', 'Choose a role.')
  return role
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.person.name ?? 'People'} · Candor` }]

const SAVED = {
  person: 'Saved.',
  invited: 'The invitation is on its way. Its link works for an hour.',
  unmailed: 'The invitation stands, but the mail server did not take the mail. Check SMTP_URL, then send it again.',
  role: 'The role is changed, from the next click on.',
  closed: 'The account is closed; sessions and tokens have ended.',
  reopened: 'The account is open again, with the password and role that it had.',
}

export default function Person() {
  const { person, mayEdit, mailFolder, today } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/people">People</Link>
      </p>
      <div className="title-line">
        <h1>
          <bdi>{person.name}</bdi>
        </h1>
        {mayEdit ? (
          <Link className="btn" to={`/people/${person.id}/edit`}>
            Edit
          </Link>
        ) : null}
      </div>
      <Saved words={SAVED} />
      <PersonFacts person={person} today={today} />
      {person.details ? (
        <AccountSection person={person} details={person.details} mailFolder={mailFolder} today={today} />
      ) : null}
    </main>
  )
}
