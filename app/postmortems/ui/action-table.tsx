import { Link } from '@remix-run/react'
import { Day } from '#app/ui/time.tsx'

interface Action {
  id: string
  /** The title, rendered. */
  html: string
  title: string
  kind: string | null
  dueOn: string | null
  state: string
  closedOn: string | null
  reason: string | null
}

/** Action items of one postmortem: what will be true, by when, and where it stands. */
export function ActionTable({ actions }: { actions: Action[] }) {
  const hasKind = actions.some(action => action.kind)
  const hasDue = actions.some(action => action.dueOn)
  return (
    <table className="stacks action-table">
      <thead>
        <tr>
          <th>What will be true</th>
          {hasKind ? <th>Kind</th> : null}
          {hasDue ? <th>Due</th> : null}
          <th>State</th>
        </tr>
      </thead>
      <tbody>
        {actions.map(action => (
          <tr key={action.id}>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises */}
            <td dangerouslySetInnerHTML={{ __html: action.html }} />
            {hasKind ? <td data-label="Kind">{action.kind ?? '–'}</td> : null}
            {hasDue ? <td data-label="Due">{action.dueOn ? <Day on={action.dueOn} /> : '–'}</td> : null}
            <td data-label="State">
              <Link to={`/actions/${action.id}`} aria-label={`${action.state}: ${action.title}`}>
                {action.state}
              </Link>
              {action.closedOn ? (
                <>
                  {' '}
                  <Day on={action.closedOn} />
                </>
              ) : null}
              {action.reason ? <span className="reason">{action.reason}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
