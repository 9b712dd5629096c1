import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { libraryAddress, libraryQuery } from '#app/postmortems/library-query.ts'
import { LIBRARY_PAGE } from '#app/postmortems/page-sizes.ts'
import { minutesToRead } from '#app/postmortems/record-of.server.ts'
import { savedSearches } from '#app/postmortems/saved-searches.server.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { FacetList } from '#app/postmortems/ui/facets.tsx'
import { HitArticle } from '#app/postmortems/ui/hit.tsx'
import '#app/postmortems/ui/library.css'
import { Empty } from '#app/ui/empty.tsx'
import { Pages } from '#app/ui/pages.tsx'

export const loader = pageLoader('read', async ({ db, url, actor }) => {
  const query = libraryQuery(url)
  const [found, saved] = await Promise.all([searchLibrary(db, query), savedSearches(db, actor)])
  const base = { ...query, page: 1 }
  const facets = [
    { key: 'theme' as const, title: 'Theme', values: found.facets.theme },
    { key: 'severity' as const, title: 'Severity', values: found.facets.severity },
    { key: 'service' as const, title: 'Service', values: found.facets.service },
  ].map(({ key, title, values }) => ({
    title,
    values: values.map(value => ({
      ...value,
      active: query[key] === value.value,
      to: libraryAddress({ ...base, [key]: query[key] === value.value ? null : value.value }),
    })),
  }))
  const years = found.facets.year.map(value => {
    const active = query.from === value.value && query.to === String(Number(value.value) + 1)
    const range = active ? { from: null, to: null } : { from: value.value, to: String(Number(value.value) + 1) }
    return { ...value, active, to: libraryAddress({ ...base, ...range }) }
  })
  return {
    query,
    total: found.total,
    notices: found.notices,
    meant: found.didYouMean ? { words: found.didYouMean, to: libraryAddress({ ...base, q: found.didYouMean }) } : null,
    hits: found.hits.map(hit => ({ ...hit, minutes: minutesToRead(hit.words) })),
    facets: [...facets, { title: 'When', values: years }],
    sorts: {
      best: libraryAddress({ ...base, sort: 'best' }),
      newest: libraryAddress({ ...base, sort: 'newest' }),
    },
    feed: libraryAddress({ ...base, sort: 'newest' }).replace('/library', '/library.atom'),
    clear: libraryAddress({ q: query.q, sort: query.sort }),
    saved,
    mayImport: can(actor, 'import postmortems and incidents'),
  }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.query.q ? `${data.query.q.slice(0, 80)} · Library · Candor` : 'Library · Candor' },
]

export default function Library() {
  const { query, total, hits, facets, notices, meant, sorts, feed, clear, saved, mayImport } =
    useLoaderData<typeof loader>()
  const active = facets.flatMap(facet => facet.values.filter(value => value.active))
  const nothingYet = total === 0 && !query.q && active.length === 0
  return (
    <main id="content">
      <h1>Have we seen this before?</h1>
      <Form className="find" role="search" action="/library" key={query.q}>
        <input
          type="search"
          name="q"
          defaultValue={query.q}
          aria-label="Search the library"
          placeholder="An error message, an alert or a few words"
        />
        {(['theme', 'severity', 'service', 'from', 'to', 'sort'] as const).map(key =>
          query[key] && query[key] !== 'best' ? (
            <input key={key} type="hidden" name={key} value={query[key] ?? ''} />
          ) : null,
        )}
        <button className="btn primary">Search</button>
      </Form>
      <details className="operators small muted">
        <summary>
          Operators: <span className="num">theme:capacity service:checkout before:2026 "exact words" -staging</span>
        </summary>
        <p>
          Put words in "quotes" to find them together, a minus before what should not be there. Narrow with{' '}
          <code>theme:</code>, <code>service:</code>, <code>severity:</code>, <code>team:</code>, <code>before:</code>{' '}
          and <code>after:</code> a year, month or day, and <code>has:</code> timeline, factors, five-whys, actions,
          prevention or detection. In any order.
        </p>
      </details>
      {meant ? (
        <p>
          Did you mean{' '}
          <Link to={meant.to}>
            <bdi>{meant.words}</bdi>
          </Link>
          ?
        </p>
      ) : null}
      {notices.map(notice => (
        <p className="notice warn small" key={notice}>
          {notice}
        </p>
      ))}
      {nothingYet ? (
        <Empty title="The library is empty">
          <p>
            Here will stand what your organisation learnt from its incidents, ready to be found at three in the morning.
          </p>
          {mayImport ? (
            <p>
              <Link className="btn primary" to="/library/import">
                Bring in postmortems
              </Link>
            </p>
          ) : (
            <p>An editor can bring in the postmortems you have.</p>
          )}
        </Empty>
      ) : (
        <div className="library-columns">
          <Facets facets={facets} saved={saved} />
          <section aria-label="Results">
            <div className="result-line">
              <span>
                {total === 1 ? '1 postmortem' : `${total.toLocaleString('en-GB')} postmortems`}
                {query.q ? (query.sort === 'newest' ? ', newest first' : ', best match first') : ', newest first'}
                {active.map(value => (
                  <span key={value.to}>
                    {' · '}
                    <Link to={value.to}>
                      {value.label} <span aria-hidden="true">✕</span>
                      <span className="visually-hidden"> (remove)</span>
                    </Link>
                  </span>
                ))}
              </span>
              <span className="result-links">
                {query.q ? (
                  <Link to={query.sort === 'newest' ? sorts.best : sorts.newest}>
                    {query.sort === 'newest' ? 'Best match first' : 'Newest first'}
                  </Link>
                ) : null}
                {query.q || active.length ? <SaveSearch /> : null}
                <Link to="/postmortems/new">New</Link>
                <a href={feed}>Feed</a>
                {mayImport ? <Link to="/library/import">Import</Link> : null}
                <Link to="/library/export">Export</Link>
                <Link to="/library/set-aside">Drafts</Link>
              </span>
            </div>
            {hits.map(hit => (
              <HitArticle key={hit.slug} hit={hit} />
            ))}
            {total === 0 ? (
              <Empty title="Nothing found">
                <p>
                  No postmortem has these words{active.length ? ' within what you selected' : ''}. Fewer or more general
                  words often help: the name of a service, the part that broke, the error without its numbers.
                </p>
                {active.length ? (
                  <p>
                    <Link to={clear}>Search without the filters</Link>
                  </p>
                ) : (
                  <p>
                    <Link to="/themes">Look through the themes</Link>
                  </p>
                )}
              </Empty>
            ) : null}
            <Pages page={query.page} pageSize={LIBRARY_PAGE} total={total} label="Pages of results" />
          </section>
        </div>
      )}
    </main>
  )
}

function Facets({
  facets,
  saved,
}: {
  facets: ReturnType<typeof useLoaderData<typeof loader>>['facets']
  saved: { id: string; name: string; to: string }[]
}) {
  return (
    <aside className="facets" aria-label="Narrow the results">
      {saved.length ? (
        <div className="facet">
          <h2>Saved searches</h2>
          {saved.map(one => (
            <Link key={one.id} to={one.to}>
              {one.name}
            </Link>
          ))}
          <Link className="small muted" to="/saved-searches">
            Manage
          </Link>
        </div>
      ) : null}
      {facets.map(facet => (facet.values.length ? <FacetList key={facet.title} {...facet} /> : null))}
    </aside>
  )
}

function SaveSearch() {
  return (
    <Form method="post" action="/saved-searches" className="inline-form">
      <input type="hidden" name="intent" value="save" />
      <CurrentSearch />
      <button className="linklike">Save this search</button>
    </Form>
  )
}

function CurrentSearch() {
  const { query } = useLoaderData<typeof loader>()
  const parameters = new URLSearchParams()
  for (const key of ['q', 'theme', 'severity', 'service', 'from', 'to', 'sort'] as const) {
    const value = query[key]
    if (value && value !== 'best') parameters.set(key, value)
  }
  return <input type="hidden" name="query" value={parameters.toString()} />
}
