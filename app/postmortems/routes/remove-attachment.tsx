import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { attachmentStore } from '#app/postmortems/attachment-store.server.ts'
import { findAttachment } from '#app/postmortems/list-attachments.server.ts'
import { removeAttachment } from '#app/postmortems/remove-attachment.server.ts'

export const loader = pageLoader('read', async ({ db, actor, params }) => {
  const slug = params.slug ?? ''
  const file = await findAttachment({ db, actor }, slug, params.id ?? '')
  if (!file.mayEdit) throw notFound()
  return { slug, name: file.name, what: file.what }
})

export const action = pageAction('read', async ({ db, clock, actor, site, params }) => {
  const slug = params.slug ?? ''
  const store = attachmentStore(site.dataDir)
  await removeAttachment({ db, clock, actor, store }, slug, params.id ?? '')
  return redirect(`/library/${slug}/attachments?saved=removed`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Remove ${data?.name ?? ''} · Candor` }]

export default function RemoveAttachment() {
  const { slug, name, what } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/library/${slug}/attachments`}>Files</Link>
      </p>
      <h1>
        Remove <bdi>{name}</bdi>?
      </h1>
      <p className="lead">
        {what}. Its content is deleted; that it was here, and who removed it, stays in the history. A text that shows it
        shows its words instead.
      </p>
      <Form method="post" className="actions">
        <button className="btn danger">Remove it</button>
        <Link className="btn quiet" to={`/library/${slug}/attachments`}>
          Keep it
        </Link>
      </Form>
    </main>
  )
}
