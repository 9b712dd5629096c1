import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'
import { TeamForm } from '#app/identity/ui/team-form.tsx'
import { notFound } from '#app/platform/errors.ts'

export const loader = pageLoader('administer', async ({ db, clock, actor, params }) => {
  const teams = await listTeamTree({ db, clock, actor })
  const team = teams.find(one => one.slug === params.slug)
  if (!team) throw notFound('This team')
  const parent = teams.find(one => one.id === team.parentId)?.slug ?? null
  return { team: { name: team.name, parent }, teams: teams.filter(one => one !== team) }
})

export const action = pageAction('administer', async ({ db, clock, actor, params, form }) => {
  const input = { name: textOf(form, 'name'), parent: textOf(form, 'parent') || null }
  await saveTeam({ db, clock, actor }, { slug: params.slug ?? '', ...input })
  return redirect('/people/teams')
})

export const meta: MetaFunction = () => [{ title: 'Edit a team · Candor' }]

export default function Team() {
  const { team, teams } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/people/teams">Teams</Link>
      </p>
      <h1>
        Edit <bdi>{team.name}</bdi>
      </h1>
      <p className="lead">Its address stays when its name changes, so links keep working.</p>
      <TeamForm team={team} teams={teams} verb="Save" />
    </main>
  )
}
