import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { changeIncident } from '#app/incidents/change-incident.server.ts'
import { fieldsOfIncident, incidentChangeIn } from '#app/incidents/incident-form.server.ts'
import { type IncidentFacts, incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import { readSeverities } from '#app/incidents/severities.server.ts'
import '#app/incidents/ui/incident.css'
import { IncidentForm } from '#app/incidents/ui/incident-form.tsx'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'

async function incidentAt(db: Db, key = ''): Promise<IncidentFacts> {
  const facts = (await incidentsByKeys(db, [key])).get(key)
  if (!facts) throw notFound('This incident')
  return facts
}

export const loader = pageLoader('record incidents', async ({ db, actor, params }) => {
  const facts = await incidentAt(db, params.key)
  return {
    key: facts.key,
    title: facts.title,
    fields: fieldsOfIncident(facts, actor.timeZone),
    services: (await listServices(db)).map(({ slug, name }) => ({ slug, name })),
    severities: readSeverities(),
    timeZone: actor.timeZone,
  }
})

export const action = pageAction('record incidents', async ({ db, clock, actor, params, form }) => {
  const facts = await incidentAt(db, params.key)
  const change = incidentChangeIn(form, actor.timeZone, facts)
  await changeIncident({ db, clock, actor }, { key: facts.key, change })
  return redirect(`/incidents/${encodeURIComponent(facts.key)}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.key ?? ''} · Candor` }]

export default function EditIncident() {
  const { key, title, ...form } = useLoaderData<typeof loader>()
  const address = `/incidents/${encodeURIComponent(key)}`
  return (
    <main id="content" className="incidents-page">
      <p className="eyebrow">
        <Link to={address}>
          {key} · <bdi>{title}</bdi>
        </Link>
      </p>
      <h1>Edit the incident</h1>
      <IncidentForm {...form} isNew={false} back={address} />
    </main>
  )
}
