import { Link } from '@remix-run/react'
import { daysBetween } from '#app/measure/period.ts'
import { Day } from '#app/ui/time.tsx'
import { isUnfinished } from '../action-change.ts'

interface Item {
  id: string
  title: string
  kind: string | null
  state: string
  dueOn: string | null
  closedOn: string | null
  createdOn: string | null
  owner: string | null
  isMine: boolean
  incident: { key: string } | null
  postmortem: { slug: string; title: string } | null
}

/** A page of action items: what will be true, from where, whose, by when, how old. */
export function ActionRows({ items, today }: { items: Item[]; today: string }) {
  return (
    <table className="stacks action-rows">
      <thead>
        <tr>
          <th scope="col">What will be true</th>
          <th scope="col">Owner</th>
          <th scope="col">Due</th>
          <th scope="col">State</th>
          <th scope="col" className="n">
            Age
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr key={item.id}>
            <th scope="row">
              <Link to={`/actions/${item.id}`}>
                <bdi>{item.title}</bdi>
              </Link>
              <small>
                {item.kind ? `${item.kind} · ` : ''}
                {item.postmortem ? (
                  <Link to={`/library/${item.postmortem.slug}`}>
                    <bdi>{item.postmortem.title}</bdi>
                  </Link>
                ) : item.incident ? (
                  <Link className="key" to={`/incidents/${item.incident.key}`}>
                    {item.incident.key}
                  </Link>
                ) : (
                  'on its own'
                )}
              </small>
            </th>
            <td data-label="Owner">
              {item.isMine ? <b>You</b> : item.owner ? <bdi>{item.owner}</bdi> : <span className="muted">Nobody</span>}
            </td>
            <td data-label="Due">
              <DueDay item={item} today={today} />
            </td>
            <td data-label="State">
              {item.state}
              {item.closedOn ? (
                <>
                  {' '}
                  <Day on={item.closedOn} />
                </>
              ) : null}
            </td>
            <td data-label="Age" className="n">
              {item.createdOn ? ageInWords(daysBetween(item.createdOn, item.closedOn ?? today)) : '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The day, and by how many it is late. */
export function DueDay({ item, today }: { item: Pick<Item, 'state' | 'dueOn'>; today: string }) {
  if (item.dueOn === null) return <span className="muted">no date</span>
  const late = isUnfinished(item.state) ? daysBetween(item.dueOn, today) : 0
  return (
    <>
      <Day on={item.dueOn} />
      {late > 0 ? <span className="late">{late === 1 ? '1 day late' : `${late} days late`}</span> : null}
      {late === 0 && isUnfinished(item.state) ? <span className="late soon">today</span> : null}
    </>
  )
}

function ageInWords(days: number): string {
  if (days < 1) return 'new'
  return days === 1 ? '1 day' : `${days.toLocaleString('en-GB')} days`
}
