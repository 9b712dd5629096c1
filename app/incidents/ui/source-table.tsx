import { Link } from '@remix-run/react'
import type { listSources } from '#app/incidents/hooks/list-sources.server.ts'
import { OUTCOME_WORDS } from '#app/incidents/hooks/outcome-words.ts'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'

export function SourceTable({ sources }: { sources: Awaited<ReturnType<typeof listSources>> }) {
  if (sources.length === 0)
    return (
      <Empty title="No sources yet">
        <p>
          With one, an incident that another program knows of is on record here before anybody has to write it down, and
          its updates with it. Add the first below.
        </p>
      </Empty>
    )
  return (
    <table className="stacks">
      <caption>{sources.length === 1 ? '1 source' : `${sources.length} sources`}</caption>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">Kind</th>
          <th scope="col">State</th>
          <th scope="col">Last delivery</th>
        </tr>
      </thead>
      <tbody>
        {sources.map(source => (
          <tr key={source.slug}>
            <td>
              <Link to={`/admin/sources/${source.slug}`}>
                <bdi>{source.name}</bdi>
              </Link>
            </td>
            <td data-label="Kind">{source.kind}</td>
            <td data-label="State">{source.pausedAt ? 'paused' : 'listening'}</td>
            <td data-label="Last delivery">
              {source.lastAt && source.lastOutcome ? (
                <>
                  <When at={source.lastAt} show="minute" />, {OUTCOME_WORDS[source.lastOutcome]}
                </>
              ) : (
                <span className="muted">none yet</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
