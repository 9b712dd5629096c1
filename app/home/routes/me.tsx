import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { type ActionArgs, pageAction, pageLoader } from '#app/http/route.server.ts'
import { changePassword } from '#app/identity/change-password.server.ts'
import { getPerson } from '#app/identity/get-person.server.ts'
import { listSessions } from '#app/identity/list-sessions.server.ts'
import { revokeSession } from '#app/identity/revoke-session.server.ts'
import { getPreferences, savePreferences } from '#app/identity/save-preferences.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { signOutEverywhere } from '#app/identity/sign-out.server.ts'
import { signInThrottle } from '#app/identity/throttle.server.ts'
import { timeZoneChoices } from '#app/identity/time-zones.server.ts'
import { OwnPassword, OwnPreferences, OwnSessions } from '#app/identity/ui/own-forms.tsx'
import { Saved } from '#app/identity/ui/saved.tsx'
import { creditsInWords, ownCredits } from '#app/participation/own-credits.server.ts'
import { invalidField } from '#app/platform/errors.ts'

export const loader = pageLoader('read', async ({ db, clock, actor, request }) => {
  const [person, preferences, settings, sessions, credits] = await Promise.all([
    getPerson({ db, clock, actor }, { id: actor.personId }),
    getPreferences({ db, actor }),
    readSettings(db),
    listSessions({ db, clock, actor }, { cookie: request.headers.get('cookie') }),
    ownCredits({ db, clock, actor }),
  ])
  return {
    name: actor.name,
    email: actor.email,
    role: actor.role,
    team: person.team?.name ?? null,
    preferences,
    zones: timeZoneChoices(preferences.timeZone, `The organisation’s (${settings.timeZone.replaceAll('_', ' ')})`),
    sessions,
    credits: creditsInWords(credits),
  }
})

export const action = pageAction('read', async args => {
  const { db, clock, origin, actor, form } = args
  switch (textOf(form, 'intent')) {
    case 'preferences':
      await savePreferences(
        { db, clock, actor },
        { timeZone: textOf(form, 'timeZone') || null, mails: form.getAll('mails').map(String) },
      )
      return redirect('/me?saved=preferences')
    case 'password':
      await newPassword(args)
      return redirect('/me?saved=password')
    case 'revoke':
      await revokeSession({ db, clock, actor }, { id: textOf(form, 'session') })
      return redirect('/me?saved=session#sessions')
    case 'everywhere': {
      const cookie = await signOutEverywhere({ db, clock, origin, actor })
      return redirect('/sign-in', { headers: { 'set-cookie': cookie } })
    }
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
})

function newPassword({ db, actor, form, request, context }: ActionArgs): Promise<void> {
  const cookie = request.headers.get('cookie')
  const input = { current: textOf(form, 'currentPassword'), password: textOf(form, 'password'), cookie }
  return changePassword({ db, actor, throttle: signInThrottle }, { ...input, address: context.address })
}

export const meta: MetaFunction = () => [{ title: 'Your page · Candor' }]

const SAVED = {
  preferences: 'Saved.',
  password: 'Your password is changed. Everywhere else you are signed out.',
  session: 'That device is signed out.',
}

export default function Me() {
  const { name, email, role, team, preferences, zones, sessions, credits } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>Your page</h1>
      <p className="lead">What Candor knows of you, how it writes to you, and where you are signed in.</p>
      <Saved words={SAVED} />
      <dl className="facts-list">
        <dt>Name</dt>
        <dd>
          <bdi>{name}</bdi>
        </dd>
        <dt>E-mail</dt>
        <dd>
          <bdi>{email}</bdi>
        </dd>
        <dt>Team</dt>
        <dd>{team ? <bdi>{team}</bdi> : 'None'}</dd>
        <dt>Role</dt>
        <dd>{role}</dd>
      </dl>
      <p className="muted small">Something wrong here? An administrator can change it.</p>
      <h2>Leading incidents</h2>
      <p>
        {credits} <span className="muted">Only you see this.</span>
      </p>
      <p>
        <Link to="/participation#would-like-to-lead">Say that you would like to lead</Link>
      </p>
      <OwnPreferences preferences={preferences} zones={zones} />
      <OwnSessions sessions={sessions} />
      <OwnPassword email={email} />
    </main>
  )
}
