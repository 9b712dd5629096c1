import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { themeOverview } from '#app/postmortems/theme-overview.server.ts'
import { ThemeTable } from '#app/postmortems/ui/theme-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import '#app/postmortems/ui/theme-pages.css'

export const loader = pageLoader('read', async ({ db, clock, actor, url }) => {
  const filter = (url.searchParams.get('q') ?? '').slice(0, 200)
  return { filter, ...(await themeOverview({ db, clock }, filter)), mayEdit: can(actor, 'edit the library') }
})

export const meta: MetaFunction = () => [{ title: 'Themes · Candor' }]

export default function Themes() {
  const { filter, groups, total, shown, quarters, max, mayEdit } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <div className="title-line">
        <div>
          <h1>Themes</h1>
          <p className="lead">
            Conditions that made incidents possible, whatever broke. The same one from several teams is one problem.
          </p>
        </div>
        <p className="actions">
          <Link className="btn" to="/themes/analysis">
            What rises
          </Link>
          {mayEdit ? (
            <Link className="btn primary" to="/themes/new">
              Add a theme
            </Link>
          ) : null}
        </p>
      </div>
      <Form className="theme-filter" role="search" key={filter}>
        <label className="visually-hidden" htmlFor="theme-filter">
          Filter the themes by name, definition or synonym
        </label>
        <input id="theme-filter" type="search" name="q" defaultValue={filter} placeholder="A name, a word, a synonym" />
        <button type="submit" className="btn">
          Filter
        </button>
      </Form>
      {filter ? (
        <p className="muted small">
          <span className="num">{shown}</span> of <span className="num">{total}</span> themes mention “
          <bdi>{filter}</bdi>” · <Link to="/themes">Show all</Link>
        </p>
      ) : null}
      {groups.length ? (
        <ThemeTable groups={groups} quarters={quarters} max={max} />
      ) : (
        <NoThemes isFiltered={filter !== ''} mayEdit={mayEdit} />
      )}
    </main>
  )
}

function NoThemes({ isFiltered, mayEdit }: { isFiltered: boolean; mayEdit: boolean }) {
  if (isFiltered)
    return (
      <Empty title="No theme mentions that">
        <p>Try fewer or other words, or search for them in the texts of the library.</p>
        <Link to="/library">Search the library</Link>
      </Empty>
    )
  return (
    <Empty title="There are no themes yet">
      <p>Themes join incidents that look different on the surface. Postmortems and their factors carry them.</p>
      {mayEdit ? <Link to="/themes/new">Add the first one</Link> : null}
    </Empty>
  )
}
