import { Day, When } from '#app/ui/time.tsx'
import type { ActionEvent } from '../action-history.server.ts'

/** Who did what and why, the latest first. */
export function ActionHistory({ events, createdOn }: { events: ActionEvent[]; createdOn: string | null }) {
  return (
    <aside aria-labelledby="history">
      <h2 id="history">History</h2>
      {events.length ? (
        <ol className="action-history">
          {[...events].reverse().map(event => (
            <li key={event.id}>
              <When at={event.at} show="minute" />
              <bdi>{event.who}</bdi> {event.words}
              {event.decidedBy ? (
                <>
                  , decided by <bdi>{event.decidedBy}</bdi>
                </>
              ) : null}
              .{event.why ? <q>{event.why}</q> : null}
            </li>
          ))}
        </ol>
      ) : (
        <p className="muted">
          Nothing has happened to it here yet
          {createdOn ? (
            <>
              {' '}
              since <Day on={createdOn} />
            </>
          ) : null}
          .
        </p>
      )}
    </aside>
  )
}
