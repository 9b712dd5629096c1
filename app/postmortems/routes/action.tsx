import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { dayIn } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { isUnfinished } from '#app/postmortems/action-change.ts'
import { actionHistory } from '#app/postmortems/action-history.server.ts'
import { changeActionItem } from '#app/postmortems/change-action-item.server.ts'
import { findActionItem } from '#app/postmortems/find-action-item.server.ts'
import { ActionFollowForm, ActionWordingForm } from '#app/postmortems/ui/action-forms.tsx'
import { ActionHistory } from '#app/postmortems/ui/action-history.tsx'
import { DueDay } from '#app/postmortems/ui/action-rows.tsx'
import { vagueAction } from '#app/postmortems/vague-action.ts'
import { Day } from '#app/ui/time.tsx'
import '#app/identity/ui/people.css'
import '#app/postmortems/ui/action-pages.css'

export const loader = pageLoader('read', async ({ db, clock, actor, params }) => {
  const item = await findActionItem({ db, actor }, params.id ?? '')
  const isAsked = item.mayChange && isUnfinished(item.facts.state)
  return {
    item,
    vague: isAsked ? vagueAction(item.facts.title) : null,
    history: await actionHistory({ db, actor }, item.id),
    isMine: item.ownerId !== null && item.ownerId === actor.personId,
    me: actor.email,
    today: dayIn(actor.timeZone, clock.now()),
  }
})

export const action = pageAction('own action items', async ({ db, clock, actor, params, form }) => {
  const id = params.id ?? ''
  const item = await findActionItem({ db, actor }, id)
  if (!item.mayChange) throw notFound('This action item')
  const change = changeIn(textOf(form, 'intent'), form)
  // An owner whom nobody knows is not in the form: leaving its field empty leaves them.
  if (item.ownerId === null && change.owner === null) delete change.owner
  await changeActionItem({ db, clock, actor }, { id, change, expected: textOf(form, 'expected') || undefined })
  return redirect(`/actions/${id}?saved=item`)
})

function changeIn(intent: string, form: FormData): Record<string, unknown> {
  const given = (name: string) => textOf(form, name).trim() || null
  switch (intent) {
    case 'take':
      return { owner: given('owner') }
    case 'follow':
      return {
        state: given('state'),
        dueOn: given('dueOn'),
        why: given('why') ?? undefined,
        decidedBy: given('decidedBy') ?? undefined,
        ...(form.has('effortDays') ? { effortDays: daysIn(given('effortDays')) } : {}),
      }
    case 'wording':
      return {
        title: textOf(form, 'title'),
        kind: given('kind'),
        owner: given('owner'),
        trackerUrl: given('trackerUrl'),
        trackerState: given('trackerState'),
      }
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
}

/** A comma counts as a point. */
function daysIn(text: string | null): number | null {
  return text === null ? null : Number(text.replace(',', '.'))
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.item.facts.title ?? 'Action item'} · Action items · Candor` },
]

export default function ActionPage() {
  const { item, vague, history, isMine, me, today } = useLoaderData<typeof loader>()
  const { facts } = item
  return (
    <main id="content" className="action-page">
      <div>
        <p className="eyebrow">
          <Link to="/actions">Action items</Link>
          {facts.kind ? ` · ${facts.kind}` : ''}
        </p>
        <h1>
          <bdi>{facts.title}</bdi>
        </h1>
        <div className="meta">
          <span>
            {facts.state}
            {facts.closedOn ? (
              <>
                {' '}
                <Day on={facts.closedOn} />
              </>
            ) : null}
          </span>
          <span>{isMine ? 'yours' : item.ownerName ? <bdi>{item.ownerName}</bdi> : 'no owner'}</span>
          <span>
            due <DueDay item={facts} today={today} />
          </span>
          {item.createdOn ? (
            <span>
              since <Day on={item.createdOn} />
            </span>
          ) : null}
          {item.incident ? (
            <Link className="key" to={`/incidents/${item.incident.key}`}>
              {item.incident.key}
            </Link>
          ) : null}
        </div>
        <Saved words={{ item: 'Saved.', new: 'Written down.' }} />
        {item.postmortem ? (
          <p>
            Promised in{' '}
            <Link to={`/library/${item.postmortem.slug}#actions`}>
              <bdi>{item.postmortem.title}</bdi>
            </Link>
            .
          </p>
        ) : item.incident ? (
          <p>
            From the incident <bdi>{item.incident.title}</bdi>.
          </p>
        ) : null}
        {facts.reason ? (
          <p className="notice">
            Dropped: <bdi>{facts.reason}</bdi>
          </p>
        ) : null}
        {facts.trackerUrl ? (
          <p>
            Mirrors <a href={facts.trackerUrl}>an issue elsewhere</a>
            {facts.trackerState ? (
              <>
                , “<bdi>{facts.trackerState}</bdi>”
                {item.trackerSeenOn ? (
                  <>
                    {' '}
                    as seen on <Day on={item.trackerSeenOn} />
                  </>
                ) : null}
              </>
            ) : null}
            .
          </p>
        ) : null}
        {vague ? (
          <div className="notice warn">
            <p>
              “<bdi>{vague.words}</bdi>”: how would one tell that it is done? {vague.question}
            </p>
            <p>
              <a href="#field-title">Reword it</a>, or leave it as it is.
            </p>
          </div>
        ) : null}
        {item.mayChange ? (
          <>
            <ActionFollowForm item={item} me={me} />
            <ActionWordingForm item={item} />
          </>
        ) : null}
      </div>
      <ActionHistory events={history} createdOn={item.createdOn} />
    </main>
  )
}
