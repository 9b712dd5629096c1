import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { useAnswer } from '#app/identity/ui/forms.ts'
import { addSecret, removeSecret } from '#app/incidents/hooks/add-secret.server.ts'
import { addressOfSource } from '#app/incidents/hooks/address-of-source.ts'
import { getSource } from '#app/incidents/hooks/list-sources.server.ts'
import { changeSource, pauseSource } from '#app/incidents/hooks/save-source.server.ts'
import { KINDS } from '#app/incidents/hooks/source-kinds.ts'
import { DeliveryTable } from '#app/incidents/ui/delivery-table.tsx'
import { ShownOnce } from '#app/incidents/ui/shown-once.tsx'
import { SourceForm } from '#app/incidents/ui/source-form.tsx'
import { SourceSecrets } from '#app/incidents/ui/source-secrets.tsx'
import '#app/incidents/ui/sources.css'
import { invalidField } from '#app/platform/errors.ts'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import { When } from '#app/ui/time.tsx'

const PAGE_SIZE = 50

export const loader = pageLoader('administer', async ({ db, actor, params, origin, url }) => {
  const page = pageOf(url)
  const source = await getSource({ db, actor }, params.slug ?? '', { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE })
  return { source, page, address: addressOfSource(origin ?? url.origin, source), saved: url.searchParams.has('saved') }
})

export const action = pageAction('administer', async ({ db, clock, actor, params, origin, url, form }) => {
  const slug = params.slug ?? ''
  const context = { db, clock, actor }
  const intent = textOf(form, 'intent')
  if (intent === 'add-secret') {
    const secret = await addSecret(context, { slug, secret: textOf(form, 'secret') })
    const { name, kind } = await getSource({ db, actor }, slug, { offset: 0, limit: 1 })
    if (secret) {
      const address = addressOfSource(origin ?? url.origin, { slug, kind }, secret)
      return data({ ok: true, name, slug, secret, address })
    }
  } else if (intent === 'remove-secret') await removeSecret(context, { slug, id: textOf(form, 'id') })
  else if (intent === 'pause' || intent === 'resume') await pauseSource(context, { slug, isPaused: intent === 'pause' })
  else if (intent === 'change')
    await changeSource(context, {
      slug,
      name: textOf(form, 'name'),
      severities: textOf(form, 'severities'),
      services: textOf(form, 'services'),
      environments: textOf(form, 'environments'),
    })
  else throw invalidField('intent', 'Choose what to do with this source.')
  return redirect(`/admin/sources/${slug}?saved`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.source.name ?? 'Source'} · Candor` }]

export default function Source() {
  const { source, page, address, saved } = useLoaderData<typeof loader>()
  const made = useAnswer<{ name: string; slug: string; secret: string | null; address: string }>()
  const isPaused = source.pausedAt !== null
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/admin/sources">Sources</Link>
      </p>
      <h1>
        <bdi>{source.name}</bdi>
      </h1>
      {made ? <ShownOnce {...made} /> : null}
      {saved && !made ? (
        <p className="notice" role="status">
          Saved.
        </p>
      ) : null}
      {isPaused ? (
        <p className="notice warn">
          Paused since <When at={source.pausedAt!} show="minute" />: what it sends is refused.
        </p>
      ) : null}
      <dl className="source-facts">
        <dt>Kind</dt>
        <dd>{KINDS[source.kind].label}</dd>
        <dt>Address</dt>
        <dd>
          <code className="copy-out">{address}</code>
        </dd>
        <dt>Setting up</dt>
        <dd>{KINDS[source.kind].setUp}</dd>
        {source.refusedAt ? (
          <>
            <dt>Last refused</dt>
            <dd>
              <When at={source.refusedAt} show="minute" />: nothing vouched for who sent it.
            </dd>
          </>
        ) : null}
      </dl>
      <Form method="post">
        <input type="hidden" name="intent" value={isPaused ? 'resume' : 'pause'} />
        <button className="btn">{isPaused ? 'Listen again' : 'Pause'}</button>
      </Form>
      <section aria-labelledby="deliveries">
        <h2 id="deliveries">Deliveries</h2>
        <p>
          What was sent is kept for 90 days; the next delivery after that deletes it, and only the line here stays. What
          nothing vouches for is not kept at all.
        </p>
        <DeliveryTable slug={source.slug} deliveries={source.deliveries} total={source.total} />
        <Pages page={page} pageSize={PAGE_SIZE} total={source.total} label="Pages of deliveries" />
      </section>
      <SourceForm source={source} />
      <SourceSecrets kind={source.kind} secrets={source.secrets} />
      <p className="actions">
        <Link className="btn quiet" to={`/admin/sources/${source.slug}/remove`}>
          Remove this source
        </Link>
      </p>
    </main>
  )
}
