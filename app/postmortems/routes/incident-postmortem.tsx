import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { startFromIncident } from '#app/postmortems/start-postmortem.server.ts'
import { Fields } from '#app/ui/form.tsx'

export const loader = pageLoader('draft postmortems', async ({ db, params }) => {
  const key = params.key ?? ''
  const incident = (await incidentsByKeys(db, [key])).get(key)
  if (!incident) throw notFound('This incident')
  return { key: incident.key, title: incident.title }
})

export const action = pageAction('draft postmortems', async ({ db, clock, actor, params }) => {
  const { id, slug, isNew } = await startFromIncident({ db, clock, actor }, params.key ?? '')
  return redirect(isNew ? `/postmortems/${id}/edit` : `/library/${slug}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Postmortem of ${data?.key ?? ''} · Candor` }]

export default function IncidentPostmortem() {
  const { key, title } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/incidents/${encodeURIComponent(key)}`}>{key}</Link>
      </p>
      <h1>Write the postmortem</h1>
      <p className="lead">
        <bdi>{title}</bdi>. Facts, timeline, roles and handoffs are filled in from the incident’s record. If there is a
        postmortem already, it opens.
      </p>
      <Form method="post">
        <Fields>
          <p className="actions">
            <button className="btn primary">Begin or open the postmortem</button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
