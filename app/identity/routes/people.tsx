import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { listPeople, PEOPLE_STATES } from '#app/identity/list-people.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { PeopleTable } from '#app/identity/ui/people-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import '#app/identity/ui/people.css'

const PAGE_SIZE = 50

export const loader = pageLoader('see people', async ({ db, clock, actor, url }) => {
  const text = url.searchParams.get('q') ?? ''
  const team = url.searchParams.get('team') ?? ''
  const asked = url.searchParams.get('who')
  const state = PEOPLE_STATES.find(one => one === asked) ?? 'current'
  const page = pageOf(url)
  const [list, teams] = await Promise.all([
    listPeople(
      { db, clock, actor },
      { text, team: team || undefined, state },
      { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE },
    ),
    listTeams(db),
  ])
  return {
    people: list.items,
    total: list.total,
    page,
    filter: { text, team, state },
    teams: teams.map(({ slug, name }) => ({ slug, name })),
    mayEdit: can(actor, 'administer'),
  }
})

export const meta: MetaFunction = () => [{ title: 'People · Candor' }]

export default function People() {
  const { people, total, page, filter, teams, mayEdit } = useLoaderData<typeof loader>()
  const isFiltered = filter.text !== '' || filter.team !== '' || filter.state !== 'current'
  return (
    <main id="content">
      <div className="title-line">
        <div>
          <h1>People</h1>
          <p className="lead">Who works here, and in which team.</p>
        </div>
        <p className="actions">
          {mayEdit ? (
            <>
              <Link className="btn primary" to="/people/new">
                Add a person
              </Link>
              <Link className="btn" to="/people/import">
                Import
              </Link>
            </>
          ) : null}
          <Link className="btn" to="/people/teams">
            Teams
          </Link>
          <Link className="btn" to="/participation">
            Participation
          </Link>
        </p>
      </div>
      <Form className="filter" role="search" aria-label="Filter people">
        <div className="field wide">
          <label htmlFor="q">{mayEdit ? 'Name or e-mail' : 'Name'}</label>
          <input id="q" name="q" type="search" defaultValue={filter.text} key={filter.text} />
        </div>
        <div className="field">
          <label htmlFor="team">Team</label>
          <select id="team" name="team" defaultValue={filter.team} key={filter.team}>
            <option value="">All</option>
            {teams.map(team => (
              <option key={team.slug} value={team.slug}>
                {team.name}
              </option>
            ))}
          </select>
        </div>
        {mayEdit ? (
          <div className="field">
            <label htmlFor="who">Who</label>
            <select id="who" name="who" defaultValue={filter.state} key={filter.state}>
              <option value="current">Here now</option>
              <option value="left">Left</option>
              <option value="all">Everybody</option>
            </select>
          </div>
        ) : null}
        <button className="btn">Show</button>
      </Form>
      {people.length > 0 ? (
        <>
          <PeopleTable people={people} total={total} withDetails={mayEdit} />
          <Pages page={page} pageSize={PAGE_SIZE} total={total} label="Pages of people" />
        </>
      ) : (
        <Empty title={isFiltered ? 'Nobody matches' : 'Nobody is here yet'}>
          {isFiltered ? (
            <p>
              Try part of a name, or <Link to="/people">look at everybody</Link>.
            </p>
          ) : (
            <p>People appear here once an administrator adds or imports them.</p>
          )}
        </Empty>
      )}
    </main>
  )
}
