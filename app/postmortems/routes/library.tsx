import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { libraryQuery } from '#app/postmortems/library-query.ts'
import { LIBRARY_PAGE } from '#app/postmortems/page-sizes.ts'
import { presentLibrary } from '#app/postmortems/present-library.server.ts'
import { shortAddress } from '#app/postmortems/short-address.server.ts'
import { FacetList } from '#app/postmortems/ui/facets.tsx'
import { HitArticle } from '#app/postmortems/ui/hit.tsx'
import '#app/postmortems/ui/library.css'
import { NothingFound } from '#app/postmortems/ui/nothing-found.tsx'
import { ReadAsNote } from '#app/postmortems/ui/read-as.tsx'
import { SearchBox } from '#app/postmortems/ui/search-box.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Pages } from '#app/ui/pages.tsx'

export const loader = pageLoader('read', async ({ db, url, actor }) => {
  const query = libraryQuery(url)
  return presentLibrary({ db, actor }, query, { explains: url.searchParams.get('explain') === '1' })
})

/** The search form: it is posted, so that a text of any length arrives, and goes on to the address of what was asked. */
export const action = pageAction('read', async ({ db, url, form }) => {
  const asked = new URL('/library', url)
  for (const name of ['q', 'theme', 'severity', 'service', 'from', 'to', 'sort'])
    asked.searchParams.set(name, textOf(form, name).trim())
  const query = libraryQuery(asked)
  return redirect(await shortAddress(db, query))
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.query.q ? `${data.query.q.slice(0, 80)} · Library · Candor` : 'Library · Candor' },
]

export default function Library() {
  const { query, total, hits, facets, notices, meant, sorts, feed, clear, saved, mayImport, ...more } =
    useLoaderData<typeof loader>()
  const { readAs, relaxed, nearby, alsoSearched, explain } = more
  const active = facets.flatMap(facet => facet.values.filter(value => value.active))
  const nothingYet = total === 0 && !query.q && active.length === 0
  return (
    <main id="content">
      <h1>Have we seen this before?</h1>
      <SearchBox key={query.q} value={query.q} placeholder="An error message, an alert or a few words">
        {(['theme', 'severity', 'service', 'from', 'to', 'sort'] as const).map(key =>
          query[key] && query[key] !== 'best' ? (
            <input key={key} type="hidden" name={key} value={query[key] ?? ''} />
          ) : null,
        )}
      </SearchBox>
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
      {readAs ? <ReadAsNote readAs={readAs} /> : null}
      {meant ? <Meant meant={meant} typed={query.q} /> : null}
      {relaxed ? <p className="notice small">{relaxed}</p> : null}
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
                {explain ? (
                  <Link to={explain.to}>{explain.isShown ? 'Without reasons' : 'Why this order?'}</Link>
                ) : null}
                {query.q || active.length ? <SaveSearch /> : null}
                <Link to="/postmortems/new">New</Link>
                <a href={feed}>Feed</a>
                {mayImport ? <Link to="/library/import">Import</Link> : null}
                <Link to="/library/export">Export</Link>
                <Link to="/library/set-aside">Drafts</Link>
              </span>
            </div>
            {alsoSearched.map(({ said, others }) => (
              <p className="small muted" key={said}>
                Also searched for what means the same as <bdi>{said}</bdi>: <bdi>{others}</bdi>.
              </p>
            ))}
            {hits.map(hit => (
              <HitArticle key={hit.slug} hit={hit} />
            ))}
            {total === 0 ? <NothingFound nearby={nearby} withoutFilters={active.length ? clear : null} /> : null}
            <Pages page={query.page} pageSize={LIBRARY_PAGE} total={total} label="Pages of results" />
          </section>
        </div>
      )}
    </main>
  )
}

type Found = ReturnType<typeof useLoaderData<typeof loader>>

/** What was probably meant; said where it was searched for already, with the way back. */
function Meant({ meant, typed }: { meant: NonNullable<Found['meant']>; typed: string }) {
  const words = (
    <Link to={meant.to}>
      <bdi>{meant.words}</bdi>
    </Link>
  )
  return meant.isApplied ? (
    <p className="meant">
      Nothing was found for what was typed. These are the results for {words}.{' '}
      <Link className="small" to={meant.exactly}>
        Search instead for <bdi>{typed}</bdi>
      </Link>
    </p>
  ) : (
    <p className="meant">Did you mean {words}?</p>
  )
}

function Facets({ facets, saved }: { facets: Found['facets']; saved: { id: string; name: string; to: string }[] }) {
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
