import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { needs } from '#app/home/needs.server.ts'
import { rising } from '#app/home/rising.server.ts'
import '#app/home/ui/front-page.css'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { searchLibrary } from '#app/postmortems/search-library.server.ts'
import { SearchBox } from '#app/postmortems/ui/search-box.tsx'
import { newestReport } from '#app/reports/summaries.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'

export const loader = pageLoader('read', async ({ db, clock, actor }) => {
  const query = {
    q: '',
    theme: null,
    severity: null,
    service: null,
    from: null,
    to: null,
    sort: 'newest' as const,
    page: 1,
  }
  const [need, latest, pattern, report] = await Promise.all([
    needs({ db, clock, actor }),
    searchLibrary(db, query, 12),
    rising({ db, clock }),
    newestReport({ db, actor }),
  ])
  const own = latest.hits.filter(hit => !hit.isPublic)
  return {
    greeting: greeting(clock.now(), actor.timeZone),
    firstName: actor.name.trim().split(/\s+/)[0] ?? '',
    need,
    latest: (own.length ? own : latest.hits)
      .slice(0, 5)
      .map(({ slug, title, severity, services, themes, occurredAt, publishedAt }) => ({
        slug,
        title,
        line: [
          severity,
          services
            .map(service => service.label)
            .slice(0, 2)
            .join(', '),
        ]
          .filter(Boolean)
          .join(' · '),
        themes: themes
          .map(theme => theme.label)
          .slice(0, 3)
          .join(', '),
        at: occurredAt ?? publishedAt,
      })),
    total: latest.total,
    pattern,
    report,
    mayImport: can(actor, 'import postmortems and incidents'),
  }
})

function greeting(now: number, timeZone: string): string {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now))
  if (hour < 5) return 'Still up'
  return hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening'
}

export const meta: MetaFunction = () => [{ title: 'Candor' }]

export default function FrontPage() {
  const { greeting: hello, firstName, need, latest, total, pattern, report, mayImport } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="front-columns">
      <div>
        <h1>
          {hello}, <bdi>{firstName}</bdi>
        </h1>
        <SearchBox placeholder="Have we seen this before? An error, an alert, a few words" />
        {need.length ? (
          <ul className="need" aria-label="What needs you now">
            {need.map(item => (
              <li key={item.to + item.title}>
                <span className={`when ${item.urgency}`}>{item.when}</span>
                <span>
                  <b>
                    <bdi>{item.title}</bdi>
                  </b>
                  <small>{item.detail}</small>
                </span>
                <Link className="btn" to={item.to} aria-label={`${item.verb}: ${item.title}`}>
                  {item.verb}
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <p className="note">Nothing waits for you. A good moment to read what another team learnt.</p>
        )}
        <h2>Lately learnt</h2>
        {latest.length ? (
          <ul className="latest">
            {latest.map(one => (
              <li key={one.slug}>
                <Link to={`/library/${one.slug}`}>
                  <bdi>{one.title}</bdi>
                </Link>
                <small>
                  {one.line}
                  {one.at ? (
                    <>
                      {one.line ? ' · ' : ''}
                      <When at={one.at} />
                    </>
                  ) : null}
                  {one.themes ? ` · ${one.themes}` : ''}
                </small>
              </li>
            ))}
          </ul>
        ) : (
          <Empty title="Nothing learnt here yet">
            <p>Postmortems appear here as they are published.</p>
            {mayImport ? (
              <p>
                <Link className="btn primary" to="/library/import">
                  Bring in the ones you have
                </Link>
              </p>
            ) : null}
          </Empty>
        )}
      </div>
      <aside className="front-side">
        {pattern ? (
          <section>
            <h2>A pattern worth a look</h2>
            <p>
              <b>{pattern.name}</b> appears in {pattern.count} postmortems of the last three months
              {pattern.services > 1 ? `, across ${pattern.services} services` : ''}. That may be one problem, not{' '}
              {pattern.count}.
            </p>
            <Link className="small" to={`/themes/${pattern.slug}`}>
              See them together
            </Link>
          </section>
        ) : null}
        {report ? (
          <section>
            <h2>How we are doing</h2>
            <p>{report.sentence}</p>
            <Link className="small" to={`/reports/${report.period}`}>
              {report.title}
            </Link>
          </section>
        ) : null}
        <section>
          <h2>Practise</h2>
          <p>How to write a postmortem in an hour, and why it never asks who.</p>
          <Link className="small" to="/guides">
            Read the guides
          </Link>
        </section>
        <section>
          <h2>The library</h2>
          <p>
            {total === 1 ? 'One postmortem' : `${total.toLocaleString('en-GB')} postmortems`}, searchable to the last
            word.
          </p>
          <Link className="small" to="/themes">
            Look through the themes
          </Link>
        </section>
      </aside>
    </main>
  )
}
