import { Link } from '@remix-run/react'
import type { getSource } from '#app/incidents/hooks/list-sources.server.ts'
import { OUTCOME_WORDS } from '#app/incidents/hooks/outcome-words.ts'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'

type Deliveries = Awaited<ReturnType<typeof getSource>>['deliveries']

export function DeliveryTable({ slug, deliveries, total }: { slug: string; deliveries: Deliveries; total: number }) {
  if (total === 0)
    return (
      <Empty title="Nothing has come yet">
        <p>
          What this source sends is listed here, with what became of it. Most programs have a button that sends a test.
        </p>
      </Empty>
    )
  return (
    <table className="stacks">
      <caption>
        {total} {total === 1 ? 'delivery' : 'deliveries'}, the latest first
      </caption>
      <thead>
        <tr>
          <th scope="col">Came</th>
          <th scope="col">Event</th>
          <th scope="col">What became of it</th>
          <th scope="col">Incident</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map(delivery => (
          <tr key={delivery.id}>
            <td>
              <Link to={`/admin/sources/${slug}/deliveries/${delivery.id}`}>
                <When at={delivery.receivedAt} show="minute" />
              </Link>
            </td>
            <td data-label="Event">
              {delivery.eventType ? <bdi>{delivery.eventType}</bdi> : <span className="muted">not said</span>}
            </td>
            <td data-label="What became of it">
              {OUTCOME_WORDS[delivery.outcome]}
              {delivery.replayedAt ? <span className="muted"> (replayed)</span> : null}
            </td>
            <td data-label="Incident">
              {delivery.incidentKey ? (
                <Link to={`/incidents/${encodeURIComponent(delivery.incidentKey)}`}>{delivery.incidentKey}</Link>
              ) : (
                <span className="muted">none</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
