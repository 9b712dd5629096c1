import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { saveService } from '#app/incidents/save-service.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import { ServiceForm } from '#app/incidents/ui/service-form.tsx'
import { ServiceTable } from '#app/incidents/ui/service-table.tsx'
import { notFound } from '#app/platform/errors.ts'
import { Pages, pageOf } from '#app/ui/pages.tsx'

const PAGE_SIZE = 100

export const loader = pageLoader('administer', async ({ db, url }) => {
  const [services, teams] = await Promise.all([listServices(db), listTeams(db)])
  const teamNames = new Map(teams.map(team => [team.id, team.name]))
  const query = (url.searchParams.get('q') ?? '').trim().slice(0, 200)
  const named = services
    .map(({ slug, name, teamId }) => ({ slug, name, teamId, team: teamNames.get(teamId ?? '') ?? null }))
    .filter(({ name, team }) => `${name}\n${team ?? ''}`.toLowerCase().includes(query.toLowerCase()))
  const page = pageOf(url)
  const edit = url.searchParams.get('edit')
  const edited = services.find(service => service.slug === edit)
  if (edit !== null && !edited) throw notFound('This service')
  return {
    services: named.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    shown: named.length,
    total: services.length,
    page,
    query,
    teams: teams.map(({ id, name }) => ({ id, name })),
    edited: edited ? { slug: edited.slug, name: edited.name, teamId: edited.teamId } : null,
    saved: services.find(service => service.slug === url.searchParams.get('saved'))?.name ?? null,
  }
})

export const action = pageAction('administer', async ({ db, clock, actor, form }) => {
  const change = { name: textOf(form, 'name'), teamId: textOf(form, 'teamId') || null }
  const service = await saveService({ db, clock, actor }, { slug: textOf(form, 'slug') || null, ...change })
  return redirect(`/admin/services?saved=${service.slug}`)
})

export const meta: MetaFunction = () => [{ title: 'Services · Candor' }]

export default function Services() {
  const { services, shown, total, page, query, teams, edited, saved } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <div className="title-line">
        <h1>Services</h1>
        {edited || total === 0 ? null : (
          <a className="btn" href="#add">
            Add a service
          </a>
        )}
      </div>
      <p className="lead">
        The systems that can fail, and the team that owns each. Imports add the ones they name; here they are renamed
        and given to teams.
      </p>
      {saved ? (
        <p className="notice" role="status">
          Saved: <bdi>{saved}</bdi>.
        </p>
      ) : null}
      {edited ? <ServiceForm key={edited.slug} service={edited} teams={teams} /> : null}
      {total > PAGE_SIZE || query ? (
        <Form className="row" role="search">
          <div className="field">
            <label htmlFor="q">Find a service or a team’s services</label>
            <input id="q" type="search" name="q" defaultValue={query} />
          </div>
          <div className="field">
            <button type="submit" className="btn">
              Find
            </button>
          </div>
        </Form>
      ) : null}
      <ServiceTable services={services} total={total} shown={shown} query={query} />
      <Pages page={page} pageSize={PAGE_SIZE} total={shown} label="Pages of services" />
      {edited ? (
        <p>
          <Link to="/admin/services#add">Add a service</Link>
        </p>
      ) : (
        <ServiceForm key={`new-${total}`} service={null} teams={teams} />
      )}
    </main>
  )
}
