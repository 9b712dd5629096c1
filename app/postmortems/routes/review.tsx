import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { linkOrigin } from '#app/identity/link-origin.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { invalidField } from '#app/platform/errors.ts'
import { decideReview } from '#app/postmortems/decide-review.server.ts'
import { inviteReviewers, withdrawInvitation } from '#app/postmortems/invite-reviewers.server.ts'
import { noteAttendance, rateMeeting } from '#app/postmortems/note-attendance.server.ts'
import { readReview } from '#app/postmortems/read-review.server.ts'
import { setReviewMeeting } from '#app/postmortems/set-review-meeting.server.ts'
import { ReviewMeeting } from '#app/postmortems/ui/review-meeting.tsx'
import { Fields, TextArea, useField, useRefusal } from '#app/ui/form.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/postmortems/ui/discussion.css'

export const loader = pageLoader('read', ({ db, actor, params }) => readReview({ db, actor }, params.slug ?? ''))

export const action = pageAction('read', async ({ db, clock, actor, mailer, log, origin, url, params, form }) => {
  const slug = params.slug ?? ''
  const context = { db, clock, actor, mailer, log, origin: linkOrigin(origin, url) }
  const given = (name: string) => textOf(form, name)
  const lines = (name: string) => given(name).split(/[\n,;]/)
  const intent = given('intent')
  if (intent === 'invite') await inviteReviewers(context, slug, lines('reviewers'))
  else if (intent === 'withdraw') await withdrawInvitation(context, slug, given('person'))
  else if (intent === 'decide')
    await decideReview(context, slug, { verdict: given('verdict'), sentence: given('sentence') })
  else if (intent === 'meeting')
    await setReviewMeeting(context, slug, {
      at: `${given('day')}T${given('time')}`,
      place: given('place'),
      people: lines('people'),
    })
  else if (intent === 'attendance')
    await noteAttendance(context, slug, {
      present: form.getAll('present').map(String),
      others: lines('others'),
      speakers: given('speakers'),
    })
  else if (intent === 'rate') await rateMeeting(context, slug, { worth: given('worth'), learnt: given('learnt') })
  else throw invalidField('intent', 'Candor did not understand what to do.')
  return redirect(`/library/${slug}/review?saved=${intent}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Review of ${data?.title ?? ''} · Candor` }]

const SAVED = {
  invite: 'Invited.',
  withdraw: 'The invitation is taken back.',
  decide: 'Said. Thank you.',
  meeting: 'The meeting is set.',
  attendance: 'Written down.',
  rate: 'Thank you. It counts in the mean, and nobody can read it.',
}

export default function Review() {
  const review = useLoaderData<typeof loader>()
  const refusal = useRefusal()
  const about = refusal?.values.intent?.[0]
  const own = review.reviewers.find(one => one.isMine)
  const refused = (intent: string) => (about === intent ? refusal : { errors: [], values: {} })
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to={`/library/${review.slug}`}>{review.title}</Link>
      </p>
      <h1>Review</h1>
      <p className="lead">
        {review.words ??
          'Nobody was asked yet. A second pair of eyes sees what is missing, and what sounds like blame.'}
      </p>
      <Saved words={SAVED} />
      {own ? (
        <section className="panel" aria-labelledby="yours">
          <h2 id="yours">Your review</h2>
          <p>
            <Link to={`/library/${review.slug}`}>Read it</Link>, or{' '}
            <Link to={`/library/${review.slug}/comments`}>comment on a passage</Link>. Then say:
          </p>
          <Form method="post">
            <Fields state={refused('decide')}>
              <VerdictChoice said={own?.verdict ?? null} />
              <TextArea
                name="sentence"
                label="In a sentence"
                rows={2}
                help="For changes: what should change, and why."
              />
              <button className="btn primary" name="intent" value="decide">
                Say it
              </button>
            </Fields>
          </Form>
        </section>
      ) : null}
      <section aria-labelledby="reviewers">
        <h2 id="reviewers">Reviewers</h2>
        {review.reviewers.length ? (
          <ul className="reviewers">
            {review.reviewers.map(one => (
              <li key={one.personId}>
                <p>
                  <bdi className="writer">{one.name}</bdi> <Verdict one={one} />
                </p>
                {one.sentence ? (
                  <blockquote>
                    <bdi>{one.sentence}</bdi>
                  </blockquote>
                ) : null}
                {review.mayInvite ? (
                  <Form method="post" className="small">
                    <input type="hidden" name="person" value={one.personId} />
                    <button
                      className="linklike"
                      name="intent"
                      value="withdraw"
                      aria-label={`Take back the invitation of ${one.name}`}
                    >
                      Take back the invitation
                    </button>
                  </Form>
                ) : null}
              </li>
            ))}
          </ul>
        ) : null}
        {review.mayInvite ? (
          <Form method="post" key={review.reviewers.length}>
            <Fields state={refused('invite')}>
              <TextArea
                name="reviewers"
                label="Invite"
                rows={2}
                help="E-mail addresses, one a line. They may read it from then on, and hear of it by mail."
              />
              <button className="btn" name="intent" value="invite">
                Invite
              </button>
            </Fields>
          </Form>
        ) : null}
      </section>
      <ReviewMeeting review={review} refused={refused} />
    </main>
  )
}

function VerdictChoice({ said }: { said: string | null }) {
  const { value, error, id } = useField('verdict', said)
  return (
    <fieldset id={id}>
      <legend className="visually-hidden">What you say</legend>
      <label className="check">
        <input type="radio" name="verdict" value="approved" defaultChecked={value === 'approved'} /> I approve it
      </label>
      <label className="check">
        <input type="radio" name="verdict" value="changes" defaultChecked={value === 'changes'} /> It needs changes
      </label>
      {error ? <p className="wrong">{error}</p> : null}
    </fieldset>
  )
}

function Verdict({ one }: { one: ReturnType<typeof useLoaderData<typeof loader>>['reviewers'][number] }) {
  if (one.verdict === null)
    return (
      <span className="muted">
        has not said yet, asked by <bdi>{one.invitedBy}</bdi> <When at={one.invitedAt} />
      </span>
    )
  return (
    <>
      <span className={one.verdict === 'approved' ? 'tag' : 'back'}>
        {one.verdict === 'approved' ? 'approved' : 'asks for changes'}
      </span>{' '}
      <span className="muted">
        {one.decidedAt ? <When at={one.decidedAt} show="minute" /> : null}
        {one.hasChangedSince ? (one.verdict === 'approved' ? ', changed since approved' : ', changed since') : ''}
      </span>
    </>
  )
}
