import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { DEFAULT_FRAME } from '#app/forums/agenda.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { forumIn } from '#app/forums/forum-form.server.ts'
import { ForumFields } from '#app/forums/ui/forum-fields.tsx'
import '#app/forums/ui/forums.css'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { timeZoneChoices } from '#app/identity/time-zones.server.ts'
import { wallTime } from '#app/platform/wall-time.ts'
import { Fields } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

const IN_TWO_WEEKS = 14 * 86_400_000

export const loader = pageLoader('run forums', async ({ db, clock, actor }) => {
  const { timeZone } = await readSettings(db)
  return {
    zones: timeZoneChoices(timeZone),
    values: {
      title: 'Incident review forum',
      timeZone,
      startsAt: `${wallTime(timeZone, clock.now() + IN_TWO_WEEKS).slice(0, 10)}T15:00`,
      minutes: '60',
      facilitator: actor.email,
      openingMinutes: String(DEFAULT_FRAME.opening),
      patternsMinutes: String(DEFAULT_FRAME.patterns),
      bufferMinutes: String(DEFAULT_FRAME.buffer),
    },
  }
})

export const action = pageAction('run forums', async ({ db, clock, actor, form }) =>
  redirect(`/forums/${await createForum({ db, clock, actor }, forumIn(form))}/agenda`),
)

export const meta: MetaFunction = () => [{ title: 'Plan a forum · Candor' }]

export default function NewForum() {
  const { zones, values } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/forums">Forums</Link>
      </p>
      <h1>Plan a forum</h1>
      <p className="lead">
        One hour, by itself. For every month, <Link to="/forums/series/new">begin a series</Link>.
      </p>
      <Form method="post">
        <Fields>
          <ForumFields values={values} zones={zones} />
          <p className="actions">
            <button className="btn primary">Plan it</button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
