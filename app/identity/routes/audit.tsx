import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { actInWords } from '#app/identity/audit-acts.ts'
import { auditChoices, listAudit } from '#app/identity/list-audit.server.ts'
import { Trail } from '#app/identity/ui/trail.tsx'
import { addDays, startOfDay } from '#app/measure/period.ts'
import { isDay } from '#app/platform/parse-time.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import '#app/identity/ui/people.css'

const PAGE_SIZE = 50

export const loader = pageLoader('administer', async ({ db, actor, url }) => {
  const asked = (name: string) => url.searchParams.get(name) ?? ''
  const day = (name: string) => (isDay(asked(name)) && asked(name) >= '1900' ? asked(name) : '')
  const filter = { who: asked('who'), act: asked('act'), from: day('from'), to: day('to') }
  const page = pageOf(url)
  const [list, choices] = await Promise.all([
    listAudit(
      { db, actor },
      {
        actorId: filter.who,
        act: filter.act,
        from: filter.from && startOfDay(filter.from, actor.timeZone),
        // The last day is meant whole.
        to: filter.to && startOfDay(addDays(filter.to, 1), actor.timeZone),
      },
      { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE },
    ),
    auditChoices({ db, actor }),
  ])
  const entries = list.items.map(entry => ({ ...entry, words: actInWords(entry.act) }))
  return { entries, total: list.total, page, filter, choices }
})

export const meta: MetaFunction = () => [{ title: 'Audit trail · Candor' }]

export default function Audit() {
  const { entries, total, page, filter, choices } = useLoaderData<typeof loader>()
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/admin">Administration</Link>
      </p>
      <h1>Audit trail</h1>
      <p className="lead">What administrators changed, latest first. Nobody can edit it, administrators included.</p>
      <Form className="filter" role="search" aria-label="Filter the audit trail">
        <div className="field">
          <label htmlFor="who">Who</label>
          <select id="who" name="who" defaultValue={filter.who} key={filter.who}>
            <option value="">Everybody</option>
            {choices.actors.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="act">What</label>
          <select id="act" name="act" defaultValue={filter.act} key={filter.act}>
            <option value="">Everything</option>
            {choices.acts.map(one => (
              <option key={one.act} value={one.act}>
                {one.words}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="from">From</label>
          <input id="from" name="from" type="date" defaultValue={filter.from} key={filter.from} />
        </div>
        <div className="field">
          <label htmlFor="to">To</label>
          <input id="to" name="to" type="date" defaultValue={filter.to} key={filter.to} />
        </div>
        <button className="btn">Show</button>
      </Form>
      {entries.length > 0 ? (
        <>
          <p className="muted small">{total === 1 ? 'One entry' : `${total.toLocaleString('en-GB')} entries`}</p>
          <Trail entries={entries} />
          <Pages page={page} pageSize={PAGE_SIZE} total={total} label="Pages of the audit trail" />
        </>
      ) : (
        <Empty title={isFiltered ? 'Nothing matches' : 'Nothing yet'}>
          {isFiltered ? (
            <p>
              Try a longer period, or <Link to="/admin/audit">look at everything</Link>.
            </p>
          ) : (
            <p>Changes of people, roles, tokens and settings are written down here, with what was before and after.</p>
          )}
        </Empty>
      )}
    </main>
  )
}
