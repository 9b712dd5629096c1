import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { sumInWords } from '#app/forums/agenda.ts'
import { checkIn, noteRead } from '#app/forums/note-presence.server.ts'
import { AgendaList } from '#app/forums/ui/agenda-list.tsx'
import { Feedback } from '#app/forums/ui/feedback.tsx'
import { stateInWords } from '#app/forums/ui/forum-lines.tsx'
import { ForumTime } from '#app/forums/ui/forum-time.tsx'
import '#app/forums/ui/forums.css'
import { Record } from '#app/forums/ui/record.tsx'
import { viewFeedback } from '#app/forums/view-feedback.server.ts'
import { type ForumView, viewForum } from '#app/forums/view-forum.server.ts'
import { viewRecord } from '#app/forums/view-record.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import '#app/identity/ui/people.css'

export const loader = pageLoader('take part in forums', async ({ db, clock, actor, url, params: { id = '' } }) => {
  const forum = await viewForum({ db, actor }, id)
  const [record, feedback] = await Promise.all([viewRecord({ db, clock }, forum), viewFeedback({ db, clock }, id)])
  return { forum, record, feedback, said: url.searchParams.get('said') }
})

export const action = pageAction('take part in forums', async ({ db, actor, form, params: { id = '' } }) => {
  const intent = textOf(form, 'intent')
  if (intent === 'read') await noteRead({ db, actor }, id)
  else if (intent === 'check-in') await checkIn({ db, actor }, id)
  else throw invalidField('intent', 'Candor did not understand what to do.')
  return redirect(`/forums/${id}?said=${intent}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.forum.title ?? 'Forum'} · Candor` }]

export default function Forum() {
  const { forum, record, feedback, said } = useLoaderData<typeof loader>()
  const isToCome = forum.state === 'scheduled' || forum.state === 'ready'
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/forums">Forums</Link>
      </p>
      <div className="title-line">
        <div>
          <h1>
            <bdi>{forum.title}</bdi>
          </h1>
          <p className="lead">
            <ForumTime at={forum.startsAt} zone={forum.timeZone} /> ·{' '}
            <span className={`forum-state ${forum.state}`}>{stateInWords(forum.state)}</span>
          </p>
        </div>
        {forum.state === 'live' || (forum.state === 'ready' && forum.mayRun) ? (
          <Link className="btn primary" to={`/forums/${forum.id}/live`}>
            Open the board
          </Link>
        ) : null}
        {isToCome && forum.mayRun ? (
          <Link className={forum.state === 'ready' ? 'btn' : 'btn primary'} to={`/forums/${forum.id}/agenda`}>
            Plan the agenda
          </Link>
        ) : null}
      </div>
      {forum.cancelledReason ? (
        <p className="notice">
          This forum was called off: <bdi>{forum.cancelledReason}</bdi>
        </p>
      ) : null}
      <div className="forum-columns">
        <div>
          {record ? (
            <>
              <h2>Record</h2>
              <Record record={record} forumId={forum.id} maySettle={forum.mayRun} />
              <p className="actions no-print">
                <a className="btn" href={`/forums/${forum.id}/record.md`}>
                  Download as Markdown
                </a>
              </p>
            </>
          ) : (
            <>
              <h2>Agenda</h2>
              {forum.items.length > 0 ? (
                <>
                  <AgendaList forum={forum} />
                  <p className="muted">{sumInWords(forum.sum, forum.minutes)}</p>
                </>
              ) : (
                <p>Nothing is on the agenda yet.</p>
              )}
            </>
          )}
        </div>
        <aside>
          <Facts forum={forum} />
          {feedback ? <Feedback feedback={feedback} /> : null}
          {isToCome && forum.items.length > 0 ? <BeforeReading forum={forum} justRead={said === 'read'} /> : null}
          {forum.state === 'live' ? (
            <>
              <h2>In the room</h2>
              <p>Whoever has the board open counts by themselves. Without a screen of your own, check in here.</p>
              {said === 'check-in' ? (
                <p role="status">You are checked in.</p>
              ) : (
                <Form method="post">
                  <button className="btn" name="intent" value="check-in">
                    Check in
                  </button>
                </Form>
              )}
              <p className="muted small">
                If ten or more attend, they are asked two questions afterwards, anonymously: was it useful, and did you
                feel able to speak?
              </p>
            </>
          ) : null}
        </aside>
      </div>
    </main>
  )
}

function Facts({ forum }: { forum: ForumView }) {
  const people = [
    ['Facilitates', forum.facilitator],
    ['Helps', forum.cofacilitator],
    ['Takes notes', forum.noteTaker],
  ] as const
  return (
    <>
      <dl className="facts-list">
        {people.map(([label, person]) =>
          person || label === 'Facilitates' ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{person?.name ?? 'nobody yet'}</bdi>
              </dd>
            </div>
          ) : null,
        )}
        {forum.place ? (
          <div>
            <dt>Place</dt>
            <dd>
              <bdi>{forum.place}</bdi>
            </dd>
          </div>
        ) : null}
        {forum.callUrl ? (
          <div>
            <dt>Call</dt>
            <dd>
              <a href={forum.callUrl}>Join the call</a>
            </dd>
          </div>
        ) : null}
        {forum.series ? (
          <div>
            <dt>Series</dt>
            <dd>
              <Link to={`/forums/series/${forum.series.id}`}>
                <bdi>{forum.series.title}</bdi>
              </Link>
            </dd>
          </div>
        ) : null}
      </dl>
      {forum.mayRun && (forum.state === 'scheduled' || forum.state === 'ready') ? (
        <p>
          <Link to={`/forums/${forum.id}/edit`}>Move, change or call it off</Link>
        </p>
      ) : null}
    </>
  )
}

function BeforeReading({ forum, justRead }: { forum: ForumView; justRead: boolean }) {
  return (
    <>
      <h2>To read before</h2>
      {forum.readingMinutes > 0 ? (
        <p>
          About {forum.readingMinutes} minutes. Look for what made each step seem reasonable at the time, and where else
          that is so.
        </p>
      ) : (
        <p>Nothing is published yet.</p>
      )}
      <p className="muted small">
        {forum.reads === 0
          ? 'Nobody has said yet that they have read it.'
          : forum.reads === 1
            ? 'One person has read it.'
            : `${forum.reads} people have read it.`}{' '}
        Only the number is shown.
      </p>
      {forum.iHaveRead ? (
        <p role={justRead ? 'status' : undefined}>You have read it.</p>
      ) : (
        <Form method="post">
          <button className="btn" name="intent" value="read">
            I have read it
          </button>
        </Form>
      )}
    </>
  )
}
