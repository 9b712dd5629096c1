import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { endRole } from '#app/incidents/end-role.server.ts'
import { readMoment } from '#app/incidents/incident-form.server.ts'
import { presentRoles } from '#app/incidents/present-roles.server.ts'
import { takeRole } from '#app/incidents/take-role.server.ts'
import '#app/incidents/ui/incident.css'
import { RaciTable } from '#app/incidents/ui/raci-table.tsx'
import { RoleForm } from '#app/incidents/ui/role-form.tsx'
import { RoleTurns } from '#app/incidents/ui/role-turns.tsx'
import { invalidField } from '#app/platform/errors.ts'

export const loader = pageLoader('read', async ({ db, clock, actor, params }) =>
  presentRoles({ db, clock, actor }, params.key ?? ''),
)

export const action = pageAction('record incidents', async ({ db, clock, actor, params, form }) => {
  const key = params.key ?? ''
  const momentIn = (name: string): string | null => {
    const text = textOf(form, name).trim()
    if (text === '') return null
    const at = readMoment(text, actor.timeZone)
    if (at === undefined) throw invalidField(name, 'Write a day and a time, as 2026-03-04 13:05.')
    return at
  }
  if (textOf(form, 'intent') === 'end') await endRole({ db, clock, actor }, { key, assignmentId: textOf(form, 'turn') })
  else
    await takeRole(
      { db, clock, actor },
      {
        key,
        role: textOf(form, 'role'),
        personId: textOf(form, 'personId'),
        from: momentIn('from'),
        until: momentIn('until'),
      },
    )
  return redirect(`/incidents/${encodeURIComponent(key)}/roles`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Roles in ${data?.key ?? ''} · Candor` }]

export default function IncidentRoles() {
  const page = useLoaderData<typeof loader>()
  const address = `/incidents/${encodeURIComponent(page.key)}`
  return (
    <main id="content" className="incidents-page">
      <p className="eyebrow">
        <Link to={address}>
          {page.key} · <bdi>{page.title}</bdi>
        </Link>
      </p>
      <h1>Roles</h1>
      <p className="lead">A role is a job for a while, not a rank: anybody may take one, and pass it on.</p>
      <RoleTurns turns={page.turns} address={address} isOpen={page.isOpen} />
      <RoleForm key={page.turns.length} people={page.people} me={page.me} definitions={page.definitions.roles} />
      <RaciTable definitions={page.definitions} />
    </main>
  )
}
