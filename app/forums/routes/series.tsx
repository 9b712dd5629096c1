import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { audienceInWords } from '#app/forums/audience.ts'
import { restoreDay, skipDay } from '#app/forums/save-series.server.ts'
import { stateInWords } from '#app/forums/ui/forum-lines.tsx'
import { ForumTime } from '#app/forums/ui/forum-time.tsx'
import '#app/forums/ui/forums.css'
import { viewSeries } from '#app/forums/view-series.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { invalidField } from '#app/platform/errors.ts'
import { Fields, SelectField, TextField } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('take part in forums', ({ db, clock, actor, params: { id = '' } }) =>
  viewSeries({ db, clock, actor }, id),
)

export const action = pageAction('run forums', async ({ db, clock, actor, form, params: { id = '' } }) => {
  const context = { db, clock, actor }
  const day = textOf(form, 'day')
  switch (textOf(form, 'intent')) {
    case 'skip':
      await skipDay(context, { id, day, reason: textOf(form, 'reason') })
      break
    case 'restore':
      await restoreDay(context, { id, day })
      break
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
  return redirect(`/forums/series/${id}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? 'Series'} · Candor` }]

export default function Series() {
  const series = useLoaderData<typeof loader>()
  const open = series.days.filter(one => one.skipped === null)
  const dayName = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/forums">Forums</Link>
      </p>
      <h1>
        <bdi>{series.title}</bdi>
      </h1>
      <p className="lead">
        {series.inWords.charAt(0).toUpperCase() + series.inWords.slice(1)} at {series.startsAtWall},{' '}
        {series.timeZone.replaceAll('_', ' ')}, for {series.minutes} minutes.
      </p>
      <dl className="facts-list">
        {series.place ? (
          <>
            <dt>Place</dt>
            <dd>
              <bdi>{series.place}</bdi>
            </dd>
          </>
        ) : null}
        {series.callUrl ? (
          <>
            <dt>Call</dt>
            <dd>
              <a href={series.callUrl}>{series.callUrl}</a>
            </dd>
          </>
        ) : null}
        <dt>Invited</dt>
        <dd>
          <bdi>
            {series.audience
              ? audienceInWords({
                  teams: series.audience.teams.map(team => team.name),
                  people: series.audience.people.length,
                })
              : 'everybody'}
          </bdi>
        </dd>
        <dt>Facilitates in turn</dt>
        <dd>
          <bdi>{series.rota.map(person => person.name).join(', ') || 'nobody yet'}</bdi>
        </dd>
      </dl>
      {series.mayRun && !series.isEnded ? (
        <p className="actions">
          <Link className="btn" to={`/forums/series/${series.id}/edit`}>
            Change the series
          </Link>
        </p>
      ) : null}
      <h2>The next days</h2>
      {series.isEnded ? <p>This series has come to its end.</p> : null}
      <ul className="forum-lines" aria-label="The next days">
        {series.days.map(({ day, startsAt, skipped, forum }) => (
          <li key={day}>
            <span>
              {forum ? (
                <Link to={`/forums/${forum.id}`}>
                  <ForumTime at={forum.startsAt} zone={series.timeZone} />
                </Link>
              ) : (
                <ForumTime at={startsAt} zone={series.timeZone} />
              )}
              <small>
                <bdi>
                  {skipped !== null
                    ? `Left out: ${skipped}`
                    : forum?.facilitator
                      ? `${forum.facilitator} facilitates`
                      : forum
                        ? 'Nobody facilitates yet'
                        : 'Planned when it comes nearer'}
                </bdi>
              </small>
            </span>
            {skipped !== null && series.mayRun ? (
              <Form method="post">
                <input type="hidden" name="day" value={day} />
                <button className="btn" name="intent" value="restore" aria-label={`Take it back in: ${day}`}>
                  Take it back in
                </button>
              </Form>
            ) : (
              <span className={`forum-state ${forum?.state ?? ''}`}>{forum ? stateInWords(forum.state) : ''}</span>
            )}
          </li>
        ))}
      </ul>
      {series.mayRun && open.length > 0 ? (
        <>
          <h2>Leave a day out</h2>
          <Form method="post">
            <Fields>
              <SelectField
                name="day"
                label="Day"
                options={open.map(({ day }) => ({ value: day, label: dayName.format(new Date(`${day}T00:00:00Z`)) }))}
              />
              <TextField
                name="reason"
                label="Why"
                required
                help="Everybody sees it. Days off of the whole organisation are left out by themselves."
              />
              <p className="actions">
                <button className="btn" name="intent" value="skip">
                  Leave it out
                </button>
              </p>
            </Fields>
          </Form>
        </>
      ) : null}
    </main>
  )
}
