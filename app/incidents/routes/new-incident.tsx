import { type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { fieldsOfIncident, newIncidentIn } from '#app/incidents/incident-form.server.ts'
import { recordIncident } from '#app/incidents/record-incident.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import { readSeverities } from '#app/incidents/severities.server.ts'
import '#app/incidents/ui/incident.css'
import { IncidentForm } from '#app/incidents/ui/incident-form.tsx'

export const loader = pageLoader('record incidents', async ({ db, actor }) => ({
  fields: fieldsOfIncident(null, actor.timeZone),
  services: (await listServices(db)).map(({ slug, name }) => ({ slug, name })),
  severities: readSeverities(),
  timeZone: actor.timeZone,
}))

export const action = pageAction('record incidents', async ({ db, clock, actor, form }) => {
  const { key } = await recordIncident({ db, clock, actor }, newIncidentIn(form, actor.timeZone))
  return redirect(`/incidents/${encodeURIComponent(key)}`)
})

export const meta: MetaFunction = () => [{ title: 'Record an incident · Candor' }]

export default function NewIncident() {
  return (
    <main id="content" className="incidents-page">
      <h1>Record an incident</h1>
      <p className="lead">A title is enough to begin with. Everything else can follow while it becomes known.</p>
      <IncidentForm {...useLoaderData<typeof loader>()} isNew back="/incidents" />
    </main>
  )
}
