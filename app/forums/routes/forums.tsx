import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { listForums, listSeries } from '#app/forums/list-forums.server.ts'
import { suggestIncident } from '#app/forums/suggest-incident.server.ts'
import { ForumLines } from '#app/forums/ui/forum-lines.tsx'
import { ForumTime } from '#app/forums/ui/forum-time.tsx'
import '#app/forums/ui/forums.css'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, TextField } from '#app/ui/form.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import '#app/identity/ui/people.css'

const PAGE_SIZE = 20

export const loader = pageLoader('take part in forums', async ({ db, clock, actor, url }) => {
  const which = url.searchParams.get('show') === 'past' ? ('past' as const) : ('to come' as const)
  const page = pageOf(url)
  const [forums, series] = await Promise.all([
    listForums({ db, actor }, which, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
    listSeries({ db, clock }),
  ])
  return {
    ...forums,
    which,
    page,
    series,
    mayRun: can(actor, 'run forums'),
    suggested: url.searchParams.has('suggested'),
    incident: url.searchParams.get('incident')?.slice(0, 200) ?? '',
  }
})

export const action = pageAction('take part in forums', async ({ db, clock, actor, form }) => {
  await suggestIncident({ db, clock, actor }, { incident: textOf(form, 'incident'), why: textOf(form, 'why') })
  return redirect('/forums?suggested=1#suggest')
})

export const meta: MetaFunction = () => [{ title: 'Forums · Candor' }]

export default function Forums() {
  const { items, total, which, page, series, mayRun, suggested, incident } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <div className="title-line">
        <div>
          <h1>Forums</h1>
          <p className="lead">The hour in which teams learn from each other’s incidents.</p>
        </div>
        {mayRun ? (
          <Link className="btn primary" to="/forums/new">
            Plan a forum
          </Link>
        ) : null}
      </div>
      <div className="forum-columns">
        <div>
          <nav className="tabs" aria-label="Which forums">
            <Link to="/forums" aria-current={which === 'to come' ? 'page' : undefined}>
              To come
            </Link>{' '}
            <Link to="/forums?show=past" aria-current={which === 'past' ? 'page' : undefined}>
              Past
            </Link>
          </nav>
          {items.length > 0 ? (
            <ForumLines forums={items} label={which === 'past' ? 'Past forums' : 'Forums to come'} />
          ) : which === 'past' ? (
            <Empty title="No forum has been held yet">
              <p>Their records stay here: what was said of each incident, and what came of it.</p>
            </Empty>
          ) : (
            <Empty title="No forum is planned">
              <p>Once a month is a good rhythm: three incidents in an hour, and whoever wants to listen.</p>
              {mayRun ? <Link to="/forums/series/new">Begin a series</Link> : null}
            </Empty>
          )}
          <Pages page={page} pageSize={PAGE_SIZE} total={total} label="Pages of forums" />
        </div>
        <aside>
          <h2>Series</h2>
          {series.length === 0 ? <p>There is no series yet.</p> : null}
          <ul className="rows">
            {series.map(one => (
              <li key={one.id}>
                <span>
                  <Link to={`/forums/series/${one.id}`}>
                    <bdi>{one.title}</bdi>
                  </Link>
                  <br />
                  <span className="muted small">
                    {one.rule}, {one.startsAtWall} {one.timeZone.replaceAll('_', ' ')}
                    {one.next ? (
                      <>
                        ; next <ForumTime at={one.next.startsAt} zone={one.timeZone} />
                      </>
                    ) : null}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          {mayRun ? (
            <p>
              <Link to="/forums/series/new">Begin a series</Link>
            </p>
          ) : null}
          <p>
            <Link to="/forums/patterns">Patterns across forums</Link>
          </p>
          <p>
            <Link to="/forums/calendar">Forums in your own calendar</Link>
          </p>
          <h2 id="suggest">Suggest an incident</h2>
          {suggested ? <p role="status">Thank you. Whoever plans the next forum sees it.</p> : null}
          <Form method="post">
            <Fields>
              <TextField
                name="incident"
                label="Incident"
                required
                defaultValue={incident}
                help="Its key, such as INC-142."
              />
              <TextField name="why" label="What others could learn from it" required />
              <p className="actions">
                <button className="btn">Suggest</button>
              </p>
            </Fields>
          </Form>
        </aside>
      </div>
    </main>
  )
}
