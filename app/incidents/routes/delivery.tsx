import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { getDelivery } from '#app/incidents/hooks/list-sources.server.ts'
import { replayDelivery } from '#app/incidents/hooks/replay-delivery.server.ts'
import '#app/incidents/ui/sources.css'
import { cleanText } from '#app/platform/clean-text.ts'
import { Fields } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'

/** What is shown of a body; the whole of it is a file. */
const SHOWN = 100_000

export const loader = pageLoader('administer', async ({ db, actor, params }) => {
  const { body, ...delivery } = await getDelivery({ db, actor }, params.slug ?? '', params.id ?? '')
  const text = body === null ? null : cleanText(new TextDecoder().decode(body)).text
  return { delivery, text: text?.slice(0, SHOWN) ?? null, isCut: (text?.length ?? 0) > SHOWN }
})

export const action = pageAction('administer', async ({ db, clock, actor, params }) => {
  const [slug, id] = [params.slug ?? '', params.id ?? '']
  await replayDelivery({ db, clock, actor }, { slug, id })
  return redirect(`/admin/sources/${slug}/deliveries/${id}`)
})

export const meta: MetaFunction = () => [{ title: 'A delivery · Candor' }]

export default function Delivery() {
  const { delivery, text, isCut } = useLoaderData<typeof loader>()
  const address = `/admin/sources/${delivery.source.slug}`
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={address}>
          <bdi>{delivery.source.name}</bdi>
        </Link>
      </p>
      <h1>A delivery</h1>
      <dl className="source-facts">
        <dt>Came</dt>
        <dd>
          <When at={delivery.receivedAt} show="minute" />
        </dd>
        <dt>Event</dt>
        <dd>{delivery.eventType ? <bdi>{delivery.eventType}</bdi> : 'not said'}</dd>
        {delivery.eventAt ? (
          <>
            <dt>Happened</dt>
            <dd>
              <When at={delivery.eventAt} show="minute" />
            </dd>
          </>
        ) : null}
        <dt>Became</dt>
        <dd>{delivery.note}</dd>
        {delivery.incident ? (
          <>
            <dt>Incident</dt>
            <dd>
              <Link to={`/incidents/${encodeURIComponent(delivery.incident.key)}`}>
                {delivery.incident.key} · <bdi>{delivery.incident.title}</bdi>
              </Link>
            </dd>
          </>
        ) : null}
        {delivery.replayedAt ? (
          <>
            <dt>Replayed</dt>
            <dd>
              <When at={delivery.replayedAt} show="minute" />
            </dd>
          </>
        ) : null}
      </dl>
      {text === null ? (
        <p>
          The body is not kept here: it came before, or it is older than 90 days. It had {delivery.size} bytes, and
          cannot be replayed.
        </p>
      ) : (
        <>
          {delivery.outcome === 'refused' ? null : (
            <Form method="post">
              <Fields>
                <p>
                  Replaying reads it again, by the words of this source as they are now. What it did before is not done
                  twice.
                </p>
                <button className="btn primary">Replay</button>
              </Fields>
            </Form>
          )}
          <h2>As it came</h2>
          <p>
            {delivery.size} bytes
            {delivery.bodyUntil ? (
              <>
                , kept until <When at={delivery.bodyUntil} />
              </>
            ) : null}
            . <a href={`${address}/deliveries/${delivery.id}/body`}>Save it as a file</a>
          </p>
          <pre className="raw-body" tabIndex={0}>
            {text}
          </pre>
          {isCut ? <p className="muted">The rest is in the file.</p> : null}
        </>
      )}
    </main>
  )
}
