import type { Capacity } from '../action-capacity.ts'
import { inDays } from '../action-change.ts'

/** What a team keeps free for action items and what they took. A size to talk about, not a score. */
export function CapacityNote({ capacity }: { capacity: Capacity & { team: string } }) {
  const { team, percent, engineers, protectedDays, takenDays, finished, noted, span } = capacity
  return (
    <section className="capacity" aria-labelledby="capacity">
      <h2 id="capacity">
        Protected capacity of <bdi>{team}</bdi>
      </h2>
      {engineers === 0 ? (
        <p>No engineers are in this team, so nothing can be protected.</p>
      ) : (
        <dl className="facts">
          <div>
            <dd>{inDays(protectedDays)}</dd>
            <dt>
              protected in {span} days: {percent} % of {engineers} {engineers === 1 ? 'engineer' : 'engineers'}
            </dt>
          </div>
          <div>
            <dd>{noted === 0 ? 'not known' : inDays(takenDays)}</dd>
            <dt>
              taken by {finished} finished {finished === 1 ? 'item' : 'items'}
              {finished > noted ? `, ${finished - noted} of which do not say what they took` : ''}
            </dt>
          </div>
        </dl>
      )}
    </section>
  )
}
