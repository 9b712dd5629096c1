import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { listAttachments } from '#app/postmortems/list-attachments.server.ts'
import { postmortemHistory } from '#app/postmortems/postmortem-history.server.ts'
import { RemovedAttachments } from '#app/postmortems/ui/attachment-list.tsx'
import '#app/postmortems/ui/history.css'
import { When } from '#app/ui/time.tsx'

export const loader = pageLoader('read', async ({ db, actor, params, url }) => ({
  ...(await postmortemHistory({ db, actor }, params.slug ?? '', {
    from: Number(url.searchParams.get('from')),
    to: Number(url.searchParams.get('to')),
  })),
  removedFiles: (await listAttachments({ db, actor }, params.slug ?? '')).removed,
}))

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `History of ${data?.title ?? ''} · Candor` }]

export default function History() {
  const { slug, title, revisions, from, to, changes, removedFiles } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/library/${slug}`}>{title}</Link>
      </p>
      <h1>History</h1>
      <p className="lead">Every revision, and what changed between any two of them.</p>
      <Form className="revisions">
        <table className="stacks">
          <thead>
            <tr>
              <th>From</th>
              <th>To</th>
              <th>Revision</th>
              <th>When</th>
              <th>Who</th>
              <th>What</th>
            </tr>
          </thead>
          <tbody>
            {revisions.map(revision => (
              <tr key={revision.number}>
                <td data-label="From">
                  <input
                    type="radio"
                    name="from"
                    value={revision.number}
                    defaultChecked={revision.number === from}
                    aria-label={`From revision ${revision.number}`}
                  />
                </td>
                <td data-label="To">
                  <input
                    type="radio"
                    name="to"
                    value={revision.number}
                    defaultChecked={revision.number === to}
                    aria-label={`To revision ${revision.number}`}
                  />
                </td>
                <td data-label="Revision" className="num">
                  {revision.number}
                </td>
                <td>
                  <When at={revision.at} show="minute" />
                </td>
                <td>
                  <bdi>{revision.actor_name}</bdi>
                </td>
                <td>
                  <bdi>{revision.note}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {revisions.length > 1 ? (
          <p className="actions">
            <button className="btn">Show the differences</button>
          </p>
        ) : null}
      </Form>
      {revisions.length > 1 ? (
        <section aria-label="Differences">
          <h2>
            From revision {from} to {to}
          </h2>
          {changes.length === 0 ? <p>Nothing differs.</p> : null}
          <div className="differences">
            {changes.map((change, index) => (
              <Change key={`${index}${change.kind}`} change={change} />
            ))}
          </div>
        </section>
      ) : (
        <p className="muted">There is one revision so far, so there is nothing to compare.</p>
      )}
      <RemovedAttachments removed={removedFiles} />
    </main>
  )
}

function Change({ change }: { change: { kind: 'same' | 'added' | 'removed' | 'skipped'; text: string } }) {
  if (change.kind === 'added') return <ins>{change.text}</ins>
  if (change.kind === 'removed') return <del>{change.text}</del>
  if (change.kind === 'skipped') return <p className="muted small">{change.text}</p>
  return <div>{change.text}</div>
}
