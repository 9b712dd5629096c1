import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { seriesIn } from '#app/forums/forum-form.server.ts'
import { saveSeries } from '#app/forums/save-series.server.ts'
import { SeriesFields } from '#app/forums/ui/forum-fields.tsx'
import '#app/forums/ui/forums.css'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { timeZoneChoices } from '#app/identity/time-zones.server.ts'
import { dayIn } from '#app/platform/clock.ts'
import { Fields } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('run forums', async ({ db, clock, actor }) => {
  const { timeZone } = await readSettings(db)
  return {
    zones: timeZoneChoices(timeZone),
    teams: await listTeamTree({ db, clock, actor }),
    values: {
      title: 'Incident review forum',
      rhythm: 'month-1',
      nth: '3',
      weekday: '2',
      startsAtWall: '15:00',
      timeZone,
      minutes: '60',
      firstOn: dayIn(timeZone, clock.now()),
      rota: actor.email,
    },
  }
})

export const action = pageAction('run forums', async ({ db, clock, actor, form }) =>
  redirect(`/forums/series/${await saveSeries({ db, clock, actor }, { id: null, given: seriesIn(form) })}`),
)

export const meta: MetaFunction = () => [{ title: 'Begin a series · Candor' }]

export default function NewSeries() {
  const { zones, teams, values } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/forums">Forums</Link>
      </p>
      <h1>Begin a series</h1>
      <p className="lead">The same hour again and again, in summer as in winter, on the clocks of one place.</p>
      <Form method="post">
        <Fields>
          <SeriesFields values={values} zones={zones} teams={teams} invited={[]} />
          <p className="actions">
            <button className="btn primary">Begin</button>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
