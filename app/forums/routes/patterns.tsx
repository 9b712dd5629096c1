import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { patternsAcrossForums } from '#app/forums/patterns.server.ts'
import '#app/forums/ui/forums.css'
import { pageLoader } from '#app/http/route.server.ts'
import { BarChart } from '#app/ui/chart.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Day } from '#app/ui/time.tsx'

export const loader = pageLoader('take part in forums', ({ db, clock, actor }) =>
  patternsAcrossForums({ db, clock, actor }),
)

export const meta: MetaFunction = () => [{ title: 'Patterns across forums · Candor' }]

const SHOWN = 8

export default function Patterns() {
  const { since, patterns } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/forums">Forums</Link>
      </p>
      <h1>Patterns across forums</h1>
      <p className="lead">
        What several teams met, as the forums since <Day on={since} /> tagged it, and what that led to.
      </p>
      {patterns.length === 0 ? (
        <Empty title="No theme has come up yet">
          <p>In a forum people tag each item with themes. Those that several teams meet are worth more than a fix.</p>
        </Empty>
      ) : (
        <>
          <BarChart
            figures={patterns.slice(0, SHOWN).map(({ name, teams }) => ({ label: name, value: teams.length }))}
            caption="Teams that met a theme in the forums of the last twelve months."
            columns={['Theme', 'Teams']}
            unit={['team', 'teams']}
          />
          <ul className="forum-lines" aria-label="Patterns">
            {patterns.map(pattern => (
              <li key={pattern.slug}>
                <span>
                  <Link to={`/themes/${pattern.slug}`}>
                    <bdi>{pattern.name}</bdi>
                  </Link>
                  <small>
                    {pattern.items === 1 ? 'One item' : `${pattern.items} items`} in{' '}
                    {pattern.forums === 1 ? 'one forum' : `${pattern.forums} forums`},{' '}
                    {pattern.votes === 1 ? 'one vote' : `${pattern.votes} votes`}
                    {pattern.teams.length > 0 ? (
                      <>
                        {' · '}
                        <bdi>{pattern.teams.join(', ')}</bdi>
                      </>
                    ) : null}
                  </small>
                  {pattern.investments.length > 0 ? (
                    <small>
                      Led to:{' '}
                      {pattern.investments.map((one, i) => (
                        <span key={one.id}>
                          {i > 0 ? '; ' : ''}
                          <Link to={`/actions/${one.id}`}>
                            <bdi>{one.title}</bdi>
                          </Link>{' '}
                          ({one.state})
                        </span>
                      ))}
                    </small>
                  ) : (
                    <small>Nothing has been confirmed for it yet.</small>
                  )}
                </span>
                <span className="forum-state">
                  {pattern.teams.length === 1 ? 'one team' : `${pattern.teams.length} teams`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  )
}
