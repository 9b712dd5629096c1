import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'
import { TeamForm } from '#app/identity/ui/team-form.tsx'
import { Empty } from '#app/ui/empty.tsx'

export const loader = pageLoader('see people', async ({ db, clock, actor }) => ({
  teams: await listTeamTree({ db, clock, actor }),
  mayEdit: can(actor, 'administer'),
}))

export const action = pageAction('administer', async ({ db, clock, actor, form }) => {
  const input = { name: textOf(form, 'name'), parent: textOf(form, 'parent') || null }
  await saveTeam({ db, clock, actor }, { slug: null, ...input })
  return redirect('/people/teams')
})

export const meta: MetaFunction = () => [{ title: 'Teams · Candor' }]

export default function Teams() {
  const { teams, mayEdit } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/people">People</Link>
      </p>
      <h1>Teams</h1>
      <p className="lead">How the organisation is built. Figures by team follow this tree.</p>
      {teams.length > 0 ? (
        <ul className="rows">
          {teams.map(team => (
            <li key={team.id}>
              <span className={`depth-${Math.min(team.depth, 3)}`}>
                <Link to={`/people?team=${team.slug}`}>
                  <bdi>{team.name}</bdi>
                </Link>{' '}
                <span className="muted small">{team.people === 1 ? 'one person' : `${team.people} people`}</span>
              </span>
              {mayEdit ? (
                <Link className="small" to={`/people/teams/${team.slug}`}>
                  Edit<span className="visually-hidden"> {team.name}</span>
                </Link>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <Empty title="No teams yet">
          <p>Teams own services, and results are shown by team. They also come with an import of people.</p>
        </Empty>
      )}
      {mayEdit ? (
        <>
          <h2>Add a team</h2>
          <TeamForm key={teams.length} team={null} teams={teams} verb="Add" />
        </>
      ) : null}
    </main>
  )
}
