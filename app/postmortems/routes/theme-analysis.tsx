import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { themeAnalysis } from '#app/postmortems/analyse-themes.server.ts'
import { CrossingTable, RisingTable, SideBySide } from '#app/postmortems/ui/theme-analysis.tsx'
import { Empty } from '#app/ui/empty.tsx'
import '#app/identity/ui/people.css'
import '#app/postmortems/ui/theme-analysis.css'

export const loader = pageLoader('read', ({ db, clock, url }) =>
  themeAnalysis({ db, clock }, { quarter: url.searchParams.get('quarter'), theme: url.searchParams.get('theme') }),
)

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Themes of ${data?.quarter ?? 'a quarter'} · Candor` },
]

export default function ThemeAnalysis() {
  const view = useLoaderData<typeof loader>()
  const { quarter, quarters, isRunning, since, n, isSmall, themes, total, crossing, together } = view
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/themes">Themes</Link>
      </p>
      <h1>What rises</h1>
      <p className="lead">
        The themes of {quarter}
        {isRunning ? ', so far,' : ''} against the four quarters before. The same one from several teams is one problem.
      </p>
      <Form className="filter quarter-choice" role="search" aria-label="Choose a quarter">
        <div className="field">
          <label htmlFor="quarter">Quarter</label>
          <select id="quarter" name="quarter" defaultValue={quarter} key={quarter}>
            {quarters.map(one => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </div>
        <button className="btn">Show</button>
      </Form>
      {themes.length ? (
        <>
          {isSmall ? (
            <p className="notice">
              Few postmortems: {n.now} in {quarter}, {n.before} in the four quarters before. With so few, most
              differences are chance.
            </p>
          ) : null}
          <RisingTable themes={themes} total={total} n={n} quarter={quarter} since={since} />
          {together ? <SideBySide together={together} quarter={quarter} /> : null}
          <CrossingTable crossing={crossing} since={since} quarter={quarter} />
        </>
      ) : (
        <Empty title="Nothing to compare yet">
          <p>
            No postmortem of the organisation’s own with a theme was published from {since} to {quarter}.
          </p>
          <Link to="/themes">Look through the themes</Link>
        </Empty>
      )}
    </main>
  )
}
