import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { changeNearMiss, nearMissToChange } from '#app/incidents/change-near-miss.server.ts'
import { nearMissIn } from '#app/incidents/near-miss-form.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import { NearMissFields } from '#app/incidents/ui/near-miss-fields.tsx'
import { CheckField, Fields } from '#app/ui/form.tsx'

export const loader = pageLoader('record incidents', async ({ db, actor, params: { id = '' } }) => ({
  nearMiss: await nearMissToChange({ db, actor }, id),
  services: (await listServices(db)).map(({ slug, name }) => ({ value: slug, label: name })),
}))

export const action = pageAction('record incidents', async ({ db, clock, actor, form, params: { id = '' } }) => {
  await changeNearMiss({ db, clock, actor }, id, { ...nearMissIn(form), isNamed: !form.has('takeOffName') })
  return redirect('/near-misses?changed=1')
})

export const meta: MetaFunction = () => [{ title: 'Change a near miss · Candor' }]

export default function EditNearMiss() {
  const { nearMiss, services } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/near-misses">Near misses</Link>
      </p>
      <h1>Change a near miss</h1>
      <p className="lead">The day on which it was reported stays. The words from before are not kept.</p>
      <Form method="post">
        <Fields>
          <NearMissFields services={services} known={nearMiss} />
          {nearMiss.isOwn ? (
            <>
              <CheckField name="takeOffName" label="Take my name off, for good" />
              <p className="help muted small">
                Nothing is kept then that says who reported it, and only editors can change its words.
              </p>
            </>
          ) : null}
          <p className="actions">
            <button type="submit" className="btn primary">
              Save
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
