import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { answerHandoff } from '#app/incidents/answer-handoff.server.ts'
import { HANDOFF_ANSWERS, HANDOFF_LABELS, HANDOFF_PARTS } from '#app/incidents/handoff.ts'
import { presentHandoff } from '#app/incidents/present-roles.server.ts'
import { AnswerForm } from '#app/incidents/ui/answer-form.tsx'
import '#app/incidents/ui/incident.css'
import { MarkdownToCopy } from '#app/incidents/ui/markdown-to-copy.tsx'
import { invalidField } from '#app/platform/errors.ts'
import { Sev } from '#app/ui/severity.tsx'
import { When } from '#app/ui/time.tsx'

export const loader = pageLoader('read', async ({ db, clock, actor, params }) =>
  presentHandoff({ db, clock, actor }, params.key ?? '', params.id ?? ''),
)

export const action = pageAction('record incidents', async ({ db, clock, actor, params, form }) => {
  const key = params.key ?? ''
  const answer = HANDOFF_ANSWERS.find(one => one === textOf(form, 'answer'))
  if (!answer) throw invalidField('answer', 'Accept, decline or withdraw.')
  await answerHandoff({ db, clock, actor }, { key, id: params.id ?? '', answer, reason: textOf(form, 'reason') })
  return redirect(
    answer === 'accepted'
      ? `/incidents/${encodeURIComponent(key)}`
      : `/incidents/${encodeURIComponent(key)}/handoffs/${params.id}`,
  )
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Handoff in ${data?.key ?? ''} · Candor` }]

export default function HandoffPage() {
  const handoff = useLoaderData<typeof loader>()
  const address = `/incidents/${encodeURIComponent(handoff.key)}`
  return (
    <main id="content" className="incidents-page handoff-page">
      <p className="eyebrow">
        <Link to={address}>
          {handoff.key} · <bdi>{handoff.title}</bdi>
        </Link>
      </p>
      <h1>Handoff: {handoff.role}</h1>
      <p className="incident-meta">
        {handoff.severity ? <Sev code={handoff.severity} /> : null}
        <span>
          <bdi>{handoff.giver.name}</bdi> → <bdi>{handoff.receiver.name}</bdi>
        </span>
        <span>
          offered <When at={handoff.offeredAt} show="minute" />
        </span>
        {handoff.answer && handoff.answeredAt ? (
          <span>
            {handoff.answer} <When at={handoff.answeredAt} show="minute" />
          </span>
        ) : (
          <span className="incident-open">waits for an answer</span>
        )}
      </p>
      {handoff.reason ? (
        <p className="notice warn">
          Declined: <bdi>{handoff.reason}</bdi>
        </p>
      ) : null}
      {HANDOFF_PARTS.map(part => (
        <section key={part} aria-labelledby={part}>
          <h2 id={part}>{HANDOFF_LABELS[part]}</h2>
          {handoff.parts[part] === null ? (
            <p className="muted">Nothing to report.</p>
          ) : (
            <p className="as-typed">{handoff.parts[part]}</p>
          )}
        </section>
      ))}
      <AnswerForm
        isForMe={handoff.isForMe}
        isFromMe={handoff.isFromMe}
        giver={handoff.giver.name}
        role={handoff.role}
      />
      <MarkdownToCopy text={handoff.markdown} />
    </main>
  )
}
