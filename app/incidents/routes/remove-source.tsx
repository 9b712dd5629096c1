import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { getSource } from '#app/incidents/hooks/list-sources.server.ts'
import { removeSource } from '#app/incidents/hooks/remove-source.server.ts'

export const loader = pageLoader('administer', async ({ db, actor, params }) => {
  const { slug, name, total } = await getSource({ db, actor }, params.slug ?? '', { offset: 0, limit: 1 })
  return { slug, name, deliveries: total }
})

export const action = pageAction('administer', async ({ db, clock, actor, params }) => {
  await removeSource({ db, clock, actor }, { slug: params.slug ?? '' })
  return redirect('/admin/sources')
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Remove ${data?.name ?? ''} · Candor` }]

export default function RemoveSource() {
  const { slug, name, deliveries } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/admin/sources/${slug}`}>
          <bdi>{name}</bdi>
        </Link>
      </p>
      <h1>
        Remove <bdi>{name}</bdi>?
      </h1>
      <p className="lead">
        Its address, its secrets and {inWords(deliveries)} are deleted for good. The incidents and deployments that it
        told of stay.
      </p>
      <p>
        Candor forgets which of them are its own: added again, it would tell of them as new ones. To be quiet for a
        while, pause it instead.
      </p>
      <Form method="post" className="actions">
        <button className="btn danger">Remove it</button>
        <Link className="btn quiet" to={`/admin/sources/${slug}`}>
          Keep it
        </Link>
      </Form>
    </main>
  )
}

function inWords(deliveries: number): string {
  if (deliveries === 0) return 'what is noted of it'
  return deliveries === 1 ? 'its one delivery' : `its ${deliveries.toLocaleString('en-GB')} deliveries`
}
