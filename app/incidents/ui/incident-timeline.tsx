import { When } from '#app/ui/time.tsx'
import { MOMENT_WORDS } from '../moments.ts'
import type { TimelineEntry } from '../timeline.ts'

type Entry = TimelineEntry & { html?: string }

/** What happened when: moments, updates, roles, handoffs and changes of severity in one order. */
export function IncidentTimeline({ entries }: { entries: Entry[] }) {
  if (entries.length === 0) return <p className="muted">Nothing is on it yet: moments and updates will be.</p>
  const days = new Set(entries.map(entry => entry.at.slice(0, 10)))
  return (
    <ol className="incident-timeline">
      {entries.map(entry => (
        <li
          key={`${entry.kind}-${entry.id}-${entry.at}`}
          id={entry.kind === 'update' ? entry.id : undefined}
          className={entry.kind}
        >
          <span className="at">
            <When at={entry.at} show={days.size > 1 ? 'minute' : 'clock'} />
          </span>
          <i aria-hidden="true" />
          <div className="what">
            <Said entry={entry} />
          </div>
        </li>
      ))}
    </ol>
  )
}

function Said({ entry }: { entry: Entry }) {
  if (entry.kind === 'moment') return <b>{MOMENT_WORDS[entry.moment]}</b>
  if (entry.kind === 'update')
    return (
      <>
        <div
          className="prose"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises
          dangerouslySetInnerHTML={{ __html: entry.html ?? '' }}
        />
        <span className="muted small">
          Update by <bdi>{entry.by}</bdi>
        </span>
      </>
    )
  if (entry.kind === 'severity')
    return (
      <>
        Severity {entry.from ?? 'not said'} → <b>{entry.to ?? 'not said'}</b>
        {entry.reason ? <>: {entry.reason}</> : null}
        {entry.by ? (
          <span className="muted small">
            {' '}
            <bdi>{entry.by}</bdi>
          </span>
        ) : null}
      </>
    )
  if (entry.kind === 'role')
    return (
      <>
        <bdi>{entry.person}</bdi> {entry.what === 'taken' ? 'took the role' : 'ended the role'} {entry.role}
      </>
    )
  return (
    <>
      Handoff of the role {entry.role} {entry.what}: <bdi>{entry.giver}</bdi> → <bdi>{entry.receiver}</bdi>
    </>
  )
}
