import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { seriesIn } from '#app/forums/forum-form.server.ts'
import { endSeries, saveSeries } from '#app/forums/save-series.server.ts'
import { SeriesFields } from '#app/forums/ui/forum-fields.tsx'
import '#app/forums/ui/forums.css'
import { viewSeries } from '#app/forums/view-series.server.ts'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { timeZoneChoices } from '#app/identity/time-zones.server.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { CheckField, Fields } from '#app/ui/form.tsx'
import '#app/identity/ui/people.css'

export const loader = pageLoader('run forums', async ({ db, clock, actor, params: { id = '' } }) => {
  const series = await viewSeries({ db, clock, actor }, id)
  if (series.isEnded) throw notFound('This page')
  const { rule } = series
  return {
    id,
    title: series.title,
    zones: timeZoneChoices(series.timeZone),
    teams: await listTeamTree({ db, clock, actor }),
    invited: series.audience?.teams.map(team => team.id) ?? [],
    values: {
      title: series.title,
      rhythm: `${rule.unit}-${rule.every}`,
      nth: String(rule.nth ?? 1),
      weekday: String(rule.weekday),
      startsAtWall: series.startsAtWall,
      timeZone: series.timeZone,
      minutes: String(series.minutes),
      place: series.place,
      callUrl: series.callUrl,
      firstOn: series.firstOn,
      rota: series.rota.map(person => person.email).join('\n'),
      people: series.audience?.people.map(person => person.email).join('\n') ?? '',
    },
  }
})

export const action = pageAction('run forums', async ({ db, clock, actor, form, params: { id = '' } }) => {
  const context = { db, clock, actor }
  switch (textOf(form, 'intent')) {
    case 'save':
      await saveSeries(context, { id, given: seriesIn(form) })
      break
    case 'end':
      if (!form.has('sure')) throw invalidField('sure', 'Say that you are sure.')
      await endSeries(context, { id })
      break
    default:
      throw invalidField('intent', 'Candor did not understand what to do.')
  }
  return redirect(`/forums/series/${id}`)
})

export const meta: MetaFunction = () => [{ title: 'Change a series · Candor' }]

export default function EditSeries() {
  const { id, title, zones, teams, invited, values } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/forums/series/${id}`}>
          <bdi>{title}</bdi>
        </Link>
      </p>
      <h1>Change the series</h1>
      <p className="lead">
        Forums to come follow, and their calendar entries with them. Those that were moved by themselves stay.
      </p>
      <Fields>
        <Form method="post">
          <SeriesFields values={values} zones={zones} teams={teams} invited={invited} />
          <p className="actions">
            <button className="btn primary" name="intent" value="save">
              Save
            </button>
          </p>
        </Form>
        <h2>End the series</h2>
        <p>
          Forums to come are called off, and leave everybody’s calendar. What was held stays. This cannot be undone.
        </p>
        <Form method="post">
          <CheckField name="sure" label="Yes, end it" />
          <p className="actions">
            <button className="btn danger" name="intent" value="end">
              End this series
            </button>
          </p>
        </Form>
      </Fields>
    </main>
  )
}
