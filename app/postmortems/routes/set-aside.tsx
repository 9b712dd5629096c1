import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { SET_ASIDE_PAGE } from '#app/postmortems/page-sizes.ts'
import { listSetAside, type SetAside } from '#app/postmortems/set-aside.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import { When } from '#app/ui/time.tsx'

const KINDS: { key: SetAside; label: string; empty: string }[] = [
  { key: 'drafts', label: 'Drafts and in review', empty: 'No text is being written that you may see.' },
  { key: 'restricted', label: 'Restricted', empty: 'Nothing restricted is yours to read.' },
  { key: 'archived', label: 'Archived', empty: 'Nothing archived is yours to see.' },
]

export const loader = pageLoader('read', async ({ db, actor, url }) => {
  const asked = url.searchParams.get('show')
  const { key } = KINDS.find(kind => kind.key === asked) ?? (KINDS[0] as (typeof KINDS)[number])
  const page = pageOf(url)
  return { show: key, page, ...(await listSetAside({ db, actor }, key, page)) }
})

export const meta: MetaFunction = () => [{ title: 'Not in the library · Candor' }]

export default function SetAsidePage() {
  const { show, page, items, total } = useLoaderData<typeof loader>()
  const kind = KINDS.find(one => one.key === show)
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to="/library">Library</Link>
      </p>
      <h1>Not in the library</h1>
      <p className="lead">
        Texts that search does not find: still being written, kept to a few, or put away. You see those that are yours
        to see.
      </p>
      <nav aria-label="Kinds">
        <ul className="tabs">
          {KINDS.map(({ key, label }) => (
            <li key={key}>
              <Link to={key === 'drafts' ? '.' : `?show=${key}`} aria-current={key === show ? 'page' : undefined}>
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {items.length === 0 ? (
        <Empty title="None">
          <p>{kind?.empty}</p>
        </Empty>
      ) : (
        <ul className="steps">
          {items.map(item => (
            <li key={item.slug}>
              <Link to={`/library/${item.slug}`}>
                <bdi>{item.title}</bdi>
              </Link>
              <p>
                {item.status}
                {item.isRestricted ? ', restricted' : ''}, last changed <When at={item.updatedAt} />
                {item.reason ? (
                  <>
                    : <bdi>{item.reason}</bdi>
                  </>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pages page={page} pageSize={SET_ASIDE_PAGE} total={total} label="Pages of texts" />
    </main>
  )
}
