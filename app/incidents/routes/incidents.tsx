import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { findIncidents, incidentQuery } from '#app/incidents/find-incidents.server.ts'
import { INCIDENTS_PAGE } from '#app/incidents/page-sizes.ts'
import '#app/incidents/ui/incident.css'
import { IncidentFilters } from '#app/incidents/ui/incident-filters.tsx'
import { IncidentPicture } from '#app/incidents/ui/incident-picture.tsx'
import { IncidentTable } from '#app/incidents/ui/incident-table.tsx'
import { listThemes } from '#app/themes/themes.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'

export const loader = pageLoader('read', async ({ db, clock, actor, url }) => {
  const query = incidentQuery(url)
  const page = pageOf(url)
  const [found, themes] = await Promise.all([findIncidents({ db, clock, actor }, query, page), listThemes(db)])
  return {
    ...found,
    query,
    page,
    themes: themes.map(({ slug, name }) => ({ slug, name })),
    mayImport: can(actor, 'import postmortems and incidents'),
  }
})

export const meta: MetaFunction = () => [{ title: 'Incidents · Candor' }]

export default function Incidents() {
  const { items, total, picture, query, page, services, teams, themes, mayImport } = useLoaderData<typeof loader>()
  const isNarrowed = Object.values(query).some(Boolean)
  return (
    <main id="content" className="incidents-page">
      <div className="title-line">
        <div>
          <h1>Incidents</h1>
          <p className="lead">What went wrong, when, and how long it took: the record from which learning is drawn.</p>
        </div>
        <p className="actions">
          <Link className="btn" to="/near-misses">
            Near misses
          </Link>
          <Link className="btn primary" to="/incidents/new">
            Record an incident
          </Link>
        </p>
      </div>
      {total === 0 && !isNarrowed ? (
        <Empty title="No incidents yet">
          <p>
            An incident is one disruption, with its moments, its services and who it reached. Record the next one here
            while it happens, or bring in those you have: an editor can import a CSV file.
          </p>
          <p>
            <Link to="/incidents/new">Record the first one</Link>, or{' '}
            <Link to="/near-misses/new">report something that nearly was one</Link>.
          </p>
        </Empty>
      ) : (
        <>
          <IncidentFilters query={query} services={services} teams={teams} themes={themes} isNarrowed={isNarrowed} />
          {picture ? <IncidentPicture picture={picture} /> : null}
          {total === 0 ? (
            <Empty title="None of them">
              <p>
                No incident is all of that at once. <Link to="/incidents">Show every incident</Link>
              </p>
            </Empty>
          ) : (
            <IncidentTable incidents={items} total={total} />
          )}
          <Pages page={page} pageSize={INCIDENTS_PAGE} total={total} label="Pages of incidents" />
          <p className="small muted no-print">
            <a href="/incidents.csv">All incidents as CSV</a>, in the columns that{' '}
            {mayImport ? <Link to="/import?kind=incidents">the import</Link> : 'the import'} reads.{' '}
            <Link to="/near-misses">Near misses</Link> are counted apart.
          </p>
        </>
      )}
    </main>
  )
}
