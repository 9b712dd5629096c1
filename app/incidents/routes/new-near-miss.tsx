import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { nearMissIn } from '#app/incidents/near-miss-form.server.ts'
import { reportNearMiss } from '#app/incidents/report-near-miss.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import { NearMissFields } from '#app/incidents/ui/near-miss-fields.tsx'
import { CheckField, Fields } from '#app/ui/form.tsx'

export const loader = pageLoader('record incidents', async ({ db }) => ({
  services: (await listServices(db)).map(({ slug, name }) => ({ value: slug, label: name })),
}))

export const action = pageAction('record incidents', async ({ db, clock, actor, form }) => {
  await reportNearMiss({ db, clock, actor }, nearMissIn(form))
  return redirect('/near-misses?reported=1')
})

export const meta: MetaFunction = () => [{ title: 'Report a near miss · Candor' }]

export default function NewNearMiss() {
  const { services } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/near-misses">Near misses</Link>
      </p>
      <h1>Report a near miss</h1>
      <p className="lead">Something that was nearly an incident. Three sentences are enough.</p>
      <Form method="post">
        <Fields>
          <NearMissFields services={services} />
          <CheckField name="isNamed" label="Show my name beside it" />
          <p className="help muted small">
            Without this tick nothing is kept that says who reported it: no name, no account, no time but the day.
          </p>
          <p className="actions">
            <button type="submit" className="btn primary">
              Report it
            </button>
            <Link className="btn quiet" to="/near-misses">
              Cancel
            </Link>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
