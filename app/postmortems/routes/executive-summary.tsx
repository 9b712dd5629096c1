import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { linkOrigin } from '#app/identity/link-origin.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { invalidField } from '#app/platform/errors.ts'
import { readSummary, sendSummary } from '#app/postmortems/executive-summary.server.ts'
import { CopyText } from '#app/postmortems/ui/executive-summary-copy.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, TextArea } from '#app/ui/form.tsx'
import { Sev } from '#app/ui/severity.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/postmortems/ui/discussion.css'
import '#app/ui/prose.css'

export const loader = pageLoader('read', ({ db, actor, params, url }) => {
  const version = url.searchParams.get('version')
  const number = version === null ? null : /^\d{1,6}$/.test(version) ? Number(version) : 0
  return readSummary({ db, actor }, params.slug ?? '', number)
})

export const action = pageAction(
  'edit the library',
  async ({ db, clock, actor, mailer, log, origin, url, params, form }) => {
    const slug = params.slug ?? ''
    const context = { db, clock, actor, mailer, log, origin: linkOrigin(origin, url) }
    const { failed } = await sendSummary(context, slug, textOf(form, 'addresses'))
    if (failed.length)
      throw invalidField('addresses', `The mail server refused ${failed.join(', ')}. The others have it.`)
    return redirect(`/library/${slug}/summary?saved=sent`)
  },
)

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Executive summary: ${data?.title ?? ''} · Candor` },
]

export default function ExecutiveSummary() {
  const page = useLoaderData<typeof loader>()
  const { slug, summary } = page
  const isOld = summary !== null && summary.number < page.newest
  return (
    <main id="content" className="executive-summary">
      <p className="eyebrow">
        <Link to={`/library/${slug}`}>Executive summary</Link>
        {page.incidentKey ? ` · ${page.incidentKey}` : ''}
      </p>
      <h1>
        <bdi>{page.title}</bdi>
      </h1>
      <div className="meta">
        {page.severity ? <Sev code={page.severity} /> : null} {page.startedAt ? <When at={page.startedAt} /> : null}
        {page.status === 'published' ? '' : ` ${page.status}`}
      </div>
      <div className="no-print">
        <Saved words={{ saved: 'Saved.', sent: 'Sent. Who got it is written below.' }} />
      </div>
      {summary ? (
        <>
          {isOld ? (
            <p className="notice warn">
              This is version {summary.number}. <Link to={`/library/${slug}/summary`}>Show the newest</Link>.
            </p>
          ) : null}
          <article className="prose">
            {summary.parts.map(part => (
              <section key={part.name} aria-labelledby={part.name}>
                <h2 id={part.name}>{part.title}</h2>
                <div
                  // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
                  dangerouslySetInnerHTML={{ __html: part.html }}
                />
              </section>
            ))}
          </article>
          <p className="small muted">
            Version {summary.number}, by <bdi>{summary.by}</bdi>, <When at={summary.at} show="minute" />.
          </p>
          <CopyText text={summary.text} />
        </>
      ) : (
        <Empty title="Nobody has written it yet">
          <p>
            One page for those who decide: what happened, what we learnt, what changes.{' '}
            {page.mayEdit
              ? 'A draft from the postmortem’s sections waits for you.'
              : 'Its authors or an editor write it.'}
          </p>
        </Empty>
      )}
      {page.mayEdit ? (
        <p className="actions no-print">
          <Link className={summary ? 'btn' : 'btn primary'} to={`/library/${slug}/summary/edit`}>
            {summary ? 'Edit' : 'Write it'}
          </Link>
        </p>
      ) : null}
      {page.maySend && summary ? <SendForm /> : null}
      <Trail page={page} />
    </main>
  )
}

function SendForm() {
  return (
    <section className="no-print" aria-labelledby="send">
      <h2 id="send">Send it</h2>
      <Form method="post">
        <Fields>
          <TextArea
            name="addresses"
            label="To"
            rows={3}
            help="E-mail addresses, one a line. Each gets a mail of its own with the newest version. That of a published SEV-1 also goes, once, to everybody who asked for such summaries."
          />
          <button className="btn">Send</button>
        </Fields>
      </Form>
    </section>
  )
}

function Trail({ page }: { page: ReturnType<typeof useLoaderData<typeof loader>> }) {
  return (
    <>
      {page.mails.length ? (
        <section className="no-print" aria-labelledby="sent-to">
          <h2 id="sent-to">Who got it</h2>
          <ul>
            {page.mails.map(mail => (
              <li key={mail.id}>
                <bdi>{mail.address}</bdi>, version {mail.number}, <When at={mail.at} show="minute" />, sent by{' '}
                <bdi>{mail.actor_name}</bdi>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {page.versions.length > 1 ? (
        <section className="no-print" aria-labelledby="versions">
          <h2 id="versions">Versions</h2>
          <ul>
            {page.versions.map(version => (
              <li key={version.number}>
                <Link to={`/library/${page.slug}/summary?version=${version.number}`}>Version {version.number}</Link>, by{' '}
                <bdi>{version.actor_name}</bdi>, <When at={version.at} show="minute" />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}
