import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { mayChange } from '#app/incidents/change-near-miss.server.ts'
import { findNearMisses } from '#app/incidents/near-misses.server.ts'
import { NEAR_MISSES_PAGE as PAGE_SIZE } from '#app/incidents/page-sizes.ts'
import '#app/incidents/ui/incident.css'
import { Empty } from '#app/ui/empty.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import { Day } from '#app/ui/time.tsx'

export const loader = pageLoader('read', async ({ db, actor, url }) => {
  const query = (url.searchParams.get('q') ?? '').trim().slice(0, 200)
  const page = pageOf(url)
  const found = await findNearMisses(db, query, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE })
  return {
    items: found.items.map(({ reporterId, ...one }) => ({ ...one, mayChange: mayChange(actor, reporterId) })),
    total: found.total,
    query,
    page,
    isReported: url.searchParams.has('reported'),
    isChanged: url.searchParams.has('changed'),
  }
})

export const meta: MetaFunction = () => [{ title: 'Near misses · Candor' }]

export default function NearMisses() {
  const { items, total, query, page, isReported, isChanged } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="incidents-page">
      <p className="eyebrow">
        <Link to="/incidents">Incidents</Link>
      </p>
      <div className="title-line">
        <div>
          <h1>Near misses</h1>
          <p className="lead">What was nearly an incident, and what kept it from becoming one. Counted apart.</p>
        </div>
        <Link className="btn primary" to="/near-misses/new">
          Report a near miss
        </Link>
      </div>
      {isReported ? (
        <p className="notice" role="status">
          Thank you. It is on the list, and others can learn from it.
        </p>
      ) : null}
      {isChanged ? (
        <p className="notice" role="status">
          Saved.
        </p>
      ) : null}
      {total === 0 && query === '' ? (
        <Empty title="No near misses yet">
          <p>
            A near miss costs nothing and teaches what an incident would: where the margin is thin, and what held. It
            takes a minute to report, with your name or without.
          </p>
          <p>
            <Link to="/near-misses/new">Report the first one</Link>
          </p>
        </Empty>
      ) : (
        <>
          <Form className="row near-miss-search no-print" role="search">
            <div className="field">
              <label htmlFor="q">Find near misses by their words</label>
              <input id="q" type="search" name="q" defaultValue={query} key={query} />
            </div>
            <div className="field">
              <button type="submit" className="btn">
                Find
              </button>
            </div>
          </Form>
          <p className="muted">
            {total} {total === 1 ? 'near miss' : 'near misses'}
            {query ? (
              <>
                {' '}
                with all of <q>{query}</q>. <Link to="/near-misses">Show all</Link>
              </>
            ) : (
              ', the latest first'
            )}
          </p>
          <ol className="near-misses">
            {items.map(one => (
              <li key={one.id}>
                <h2>
                  <bdi>{one.title}</bdi>
                </h2>
                <p className="as-typed">{one.whatHappened}</p>
                {one.whatStoppedIt ? (
                  <p className="as-typed">
                    <b>What kept it from becoming one:</b> {one.whatStoppedIt}
                  </p>
                ) : null}
                <p className="muted small">
                  <Day on={one.reportedOn} />
                  {one.service ? (
                    <>
                      , <bdi>{one.service}</bdi>
                    </>
                  ) : null}
                  {one.reportedBy ? (
                    <>
                      , reported by <bdi>{one.reportedBy}</bdi>
                    </>
                  ) : (
                    ', reported without a name'
                  )}
                  {one.mayChange ? (
                    <span className="no-print">
                      {' '}
                      ·{' '}
                      <Link to={`/near-misses/${one.id}/edit`}>
                        Change<span className="visually-hidden"> {one.title}</span>
                      </Link>
                    </span>
                  ) : null}
                </p>
              </li>
            ))}
          </ol>
          <Pages page={page} pageSize={PAGE_SIZE} total={total} label="Pages of near misses" />
        </>
      )}
    </main>
  )
}
