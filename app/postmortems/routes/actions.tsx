import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { type ActionFilter, filterIn } from '#app/postmortems/action-filter.ts'
import { actionChoices, listActionItems } from '#app/postmortems/list-action-items.server.ts'
import { teamCapacity } from '#app/postmortems/team-capacity.server.ts'
import { ActionFilterForm } from '#app/postmortems/ui/action-filter-form.tsx'
import { ActionRows } from '#app/postmortems/ui/action-rows.tsx'
import { CapacityNote } from '#app/postmortems/ui/capacity-note.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import '#app/identity/ui/people.css'
import '#app/postmortems/ui/action-pages.css'

const PAGE_SIZE = 50

export const loader = pageLoader('read', async ({ db, clock, actor, url }) => {
  const filter = filterIn(url.searchParams)
  const page = pageOf(url)
  const [list, choices, capacity] = await Promise.all([
    listActionItems({ db, clock, actor }, filter, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
    actionChoices(db),
    filter.team ? teamCapacity({ db, clock }, filter.team) : null,
  ])
  return {
    items: list.items.map(({ id, facts, createdOn, ownerId, ownerName, incident, postmortem }) => ({
      id,
      title: facts.title,
      kind: facts.kind,
      state: facts.state,
      dueOn: facts.dueOn,
      closedOn: facts.closedOn,
      createdOn,
      owner: ownerName,
      isMine: ownerId !== null && ownerId === actor.personId,
      incident,
      postmortem,
    })),
    total: list.total,
    overdue: list.overdue,
    today: list.today,
    page,
    filter,
    choices,
    capacity,
    mayAdd: can(actor, 'own action items'),
  }
})

export const meta: MetaFunction = () => [{ title: 'Action items · Candor' }]

export default function Actions() {
  const { items, total, overdue, today, page, filter, choices, capacity, mayAdd } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <div className="title-line">
        <div>
          <h1>Action items</h1>
          <p className="lead">What was promised after incidents, and what became of it.</p>
        </div>
        {mayAdd ? (
          <Link className="btn primary" to="/actions/new">
            Add an action item
          </Link>
        ) : null}
      </div>
      <ActionFilterForm filter={filter} choices={choices} />
      {capacity ? <CapacityNote capacity={capacity} /> : null}
      {total > 0 ? (
        <>
          <p className="muted small" role="status">
            <span className="num">{total.toLocaleString('en-GB')}</span> {total === 1 ? 'action item' : 'action items'}
            {overdue > 0 ? (
              <>
                , <span className="num">{overdue.toLocaleString('en-GB')}</span> overdue
              </>
            ) : null}
          </p>
          {items.length ? <ActionRows items={items} today={today} /> : <p>This list has fewer pages.</p>}
          <Pages page={page} pageSize={PAGE_SIZE} total={total} label="Pages of action items" />
        </>
      ) : (
        <NoActions filter={filter} />
      )}
    </main>
  )
}

function NoActions({ filter }: { filter: ActionFilter }) {
  if (filter.owner === 'me' && Object.values(filter).filter(Boolean).length === 1)
    return (
      <Empty title="Nothing waits for you">
        <p>Action items that you own appear here, the overdue ones first.</p>
        <Link to="/actions">Look at everybody’s</Link>
      </Empty>
    )
  if (Object.values(filter).some(Boolean))
    return (
      <Empty title="No action item matches">
        <p>
          Widen the filter, or <Link to="/actions">look at all that are unfinished</Link>.
        </p>
      </Empty>
    )
  return (
    <Empty title="No action items are unfinished">
      <p>They come from postmortems and incidents: what will be true, who sees to it, and by when.</p>
      <Link to="/actions?state=all">Look at the finished ones</Link>
    </Empty>
  )
}
