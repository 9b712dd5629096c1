import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { postUpdate } from '#app/incidents/post-update.server.ts'
import { presentIncident } from '#app/incidents/present-incident.server.ts'
import { takeRole } from '#app/incidents/take-role.server.ts'
import { BesideIncident } from '#app/incidents/ui/beside-incident.tsx'
import '#app/incidents/ui/incident.css'
import '#app/ui/prose.css'
import { IncidentFactList } from '#app/incidents/ui/incident-facts.tsx'
import { IncidentSteps } from '#app/incidents/ui/incident-steps.tsx'
import { IncidentTimeline } from '#app/incidents/ui/incident-timeline.tsx'
import { NextUpdate } from '#app/incidents/ui/next-update.tsx'
import { SeenBefore } from '#app/incidents/ui/seen-before.tsx'
import { AppError } from '#app/platform/errors.ts'
import { Fields, TextArea, useRefusal } from '#app/ui/form.tsx'
import { Sev } from '#app/ui/severity.tsx'

export const loader = pageLoader('read', async ({ db, clock, actor, params }) =>
  presentIncident({ db, clock, actor }, params.key ?? ''),
)

export const action = pageAction('record incidents', async ({ db, clock, actor, params, form }) => {
  const key = params.key ?? ''
  const intent = textOf(form, 'intent')
  const address = `/incidents/${encodeURIComponent(key)}`
  if (intent === 'update') {
    const id = await postUpdate({ db, clock, actor }, { key, text: textOf(form, 'text') })
    return redirect(`${address}#${id}`)
  }
  if (intent === 'take') {
    const role = textOf(form, 'role')
    await takeRole({ db, clock, actor }, { key, role, personId: actor.personId, from: null, until: null })
    return redirect(`${address}#roles`)
  }
  throw new AppError('invalid', 'The form is incomplete. Please load the page again.')
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.key} ${data.title} · Candor` : 'Incident · Candor' },
]

/** For a form that the last refusal was not about. */
const NOT_REFUSED = { errors: [], values: {} }

export default function Incident() {
  const page = useLoaderData<typeof loader>()
  const refusal = useRefusal()
  const isAboutRoles = refusal?.values.intent?.[0] === 'take'
  const state = isAboutRoles ? NOT_REFUSED : refusal
  const address = `/incidents/${encodeURIComponent(page.key)}`
  const waiting = page.handoffs.filter(handoff => handoff.waitsForMe)
  return (
    <main id="content" className="incident-page">
      <article>
        <header>
          <p className="eyebrow">
            <Link to="/incidents">Incident</Link> · {page.key}
          </p>
          <h1>
            <bdi>{page.title}</bdi>
          </h1>
          <p className="incident-meta">
            {page.severity ? <Sev code={page.severity} /> : <span className="muted">Severity not said yet</span>}
            <span className={page.isOpen ? 'incident-open' : 'muted'}>{page.isOpen ? 'open' : 'resolved'}</span>
            {page.services.map(service => (
              <Link key={service.slug} to={`/incidents?service=${encodeURIComponent(service.slug)}`}>
                <bdi>{service.name}</bdi>
              </Link>
            ))}
            <Link className="no-print" to={`${address}/edit`}>
              Edit
            </Link>
          </p>
          {waiting.map(handoff => (
            <p key={handoff.id} className="notice warn" role="status">
              <bdi>{handoff.giver}</bdi> offers you the role {handoff.role}.{' '}
              <Link to={`${address}/handoffs/${handoff.id}`}>Read the handoff and answer</Link>
            </p>
          ))}
          {isAboutRoles ? (
            <p className="notice error" role="alert">
              {refusal?.message}
            </p>
          ) : null}
          {page.isSilent ? (
            <p className="notice warn">
              Nothing was heard of it for a week, and nobody has said when it was resolved.{' '}
              <Link to={`${address}/edit`}>Say when, or that nobody knows</Link>.
            </p>
          ) : null}
        </header>
        <IncidentSteps steps={page.steps} />
        {page.isOpen && !page.isSilent ? (
          <div className="seen-now no-print">
            <SeenBefore seen={page.seenBefore} title="Have we seen this before?" />
          </div>
        ) : null}
        {page.summaryHtml ? (
          <section
            className="prose"
            aria-label="Summary"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
            dangerouslySetInnerHTML={{ __html: page.summaryHtml }}
          />
        ) : null}
        {page.isOpen && !page.isSilent ? (
          <NextUpdate
            key={page.timeline.length}
            cadence={page.cadence}
            template={page.template}
            severity={page.severity}
            state={state}
          />
        ) : null}
        <section aria-labelledby="timeline">
          <h2 id="timeline">Timeline</h2>
          <IncidentTimeline entries={page.timeline} />
          {page.isOpen && !page.isSilent ? null : <LateUpdate state={state} />}
        </section>
        <IncidentFactList page={page} />
      </article>
      <BesideIncident page={page} address={address} />
    </main>
  )
}

/** What became known afterwards can still be put on the timeline. */
function LateUpdate({ state }: { state: ReturnType<typeof useRefusal> }) {
  return (
    <details className="no-print" open={state?.message ? true : undefined}>
      <summary>Add an update</summary>
      <Form method="post">
        <Fields state={state}>
          <TextArea name="text" label="What became known since" rows={4} />
          <button className="btn" name="intent" value="update">
            Post
          </button>
        </Fields>
      </Form>
    </details>
  )
}
