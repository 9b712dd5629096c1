import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import '#app/identity/ui/people.css'

export const loader = pageLoader('administer', async ({ mailer, origin }) => ({ mailFolder: mailer.folder, origin }))

export const meta: MetaFunction = () => [{ title: 'Administration · Candor' }]

const PLACES = [
  { to: '/admin/settings', label: 'Settings', text: 'Name, time zone, what downtime costs, thresholds.' },
  { to: '/people', label: 'People', text: 'Who is here, their roles and accounts.' },
  { to: '/people/teams', label: 'Teams', text: 'How the organisation is built.' },
  {
    to: '/people/import',
    label: 'Import people',
    text: 'From a CSV of your directory; you see first what it would change.',
  },
  { to: '/import', label: 'Import from files', text: 'Incidents, action items, roles, deployments and traffic.' },
  { to: '/admin/services', label: 'Services', text: 'The systems that can fail, and the team each belongs to.' },
  { to: '/admin/sources', label: 'Sources', text: 'Other programs that tell of incidents and deployments.' },
  { to: '/admin/report-readers', label: 'Readers of reports', text: 'Who gets a culture health report by mail.' },
  { to: '/admin/tokens', label: 'API tokens', text: 'For scripts and other systems.' },
  { to: '/admin/audit', label: 'Audit trail', text: 'Who changed what, and when.' },
]

export default function Admin() {
  const { mailFolder, origin } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>Administration</h1>
      <p className="lead">What only administrators see and change.</p>
      <ul className="steps">
        {PLACES.map(place => (
          <li key={place.to}>
            <Link to={place.to}>{place.label}</Link>
            <p>{place.text}</p>
          </li>
        ))}
      </ul>
      {mailFolder === null && origin ? null : <h2>Worth setting up</h2>}
      {mailFolder === null ? null : (
        <div className="notice warn">
          <p>
            No mail server is set up (<code>SMTP_URL</code>): invitations and reset links are kept as files in{' '}
            <code>{mailFolder}</code>.
          </p>
        </div>
      )}
      {origin ? null : (
        <div className="notice warn">
          <p>
            Candor does not know its own address (<code>ORIGIN</code>), so people cannot ask for a new password from
            other machines.
          </p>
        </div>
      )}
    </main>
  )
}
