import { Link } from '@remix-run/react'
import { Empty } from '#app/ui/empty.tsx'
import { Pages } from '#app/ui/pages.tsx'
import { Sev } from '#app/ui/severity.tsx'
import { Day, When } from '#app/ui/time.tsx'

interface Postmortem {
  slug: string
  title: string
  key: string | null
  severity: string | null
  at: string | null
}

interface PostmortemsProps {
  theme: { slug: string; name: string }
  postmortems: Postmortem[]
  total: number
  page: number
  pageSize: number
}

/** The postmortems that carry a theme, a page at a time. */
export function ThemePostmortems({ theme, postmortems, total, page, pageSize }: PostmortemsProps) {
  if (total === 0)
    return (
      <Empty title="No postmortem carries this theme yet">
        <p>Those that do will be listed here, with the teams and services concerned, so that a pattern can be seen.</p>
        <Link to="/library">Look in the library</Link>
      </Empty>
    )
  return (
    <section aria-labelledby="postmortems">
      <h2 id="postmortems">
        {total} {total === 1 ? 'postmortem' : 'postmortems'}
      </h2>
      <ul className="theme-list">
        {postmortems.map(one => (
          <li key={one.slug}>
            <Link className="title" to={`/library/${one.slug}`}>
              <bdi>{one.title}</bdi>
            </Link>
            <span className="meta">
              {one.severity ? <Sev code={one.severity} /> : null}
              {one.key ? <span className="key">{one.key}</span> : null}
              {one.at ? <When at={one.at} /> : null}
            </span>
          </li>
        ))}
      </ul>
      {postmortems.length === 0 ? <p className="muted">There is nothing on this page; the list is shorter.</p> : null}
      <Pages page={page} pageSize={pageSize} total={total} label="Pages of postmortems" />
      <p className="no-print">
        <Link to={`/library?theme=${theme.slug}`}>Search within {theme.name}</Link>
      </p>
    </section>
  )
}

interface Action {
  id: string
  title: string
  state: string
  dueOn: string | null
  owner: string | null
  postmortemSlug: string
  postmortemTitle: string
}

/** What was promised in these postmortems and is not done yet, soonest due first. */
export function ThemeActions({ items, total }: { items: Action[]; total: number }) {
  if (total === 0) return null
  return (
    <section aria-labelledby="open-actions">
      <h2 id="open-actions">
        {total} open {total === 1 ? 'action' : 'actions'}
      </h2>
      <ul className="theme-list">
        {items.map(action => (
          <li key={action.id}>
            <span className="title">
              <bdi>{action.title}</bdi>
            </span>
            <span className="meta">
              {action.dueOn ? (
                <span>
                  due <Day on={action.dueOn} />
                </span>
              ) : (
                <span>no due date</span>
              )}
              <span>{action.state}</span>
              {action.owner ? <bdi>{action.owner}</bdi> : <span>no owner</span>}
              <span>
                from{' '}
                <Link to={`/library/${action.postmortemSlug}#actions`}>
                  <bdi>{action.postmortemTitle}</bdi>
                </Link>
              </span>
            </span>
          </li>
        ))}
      </ul>
      {total > items.length ? <p className="muted">The {items.length} that are due soonest are shown.</p> : null}
    </section>
  )
}
