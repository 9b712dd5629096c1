import { Link } from '@remix-run/react'
import { Sev } from '#app/ui/severity.tsx'
import { When } from '#app/ui/time.tsx'

interface Understood {
  position: number
  skipped: boolean
  source: string
  title: string
  date: string | null
  severity: string | null
  services: string[]
  themes: string[]
  tags: string[]
  notes: string[]
  duplicateOf: string | null
  counts: { timeline: number; factors: number; actions: number }
}

/** One record of a preview: kept or left out, what was understood, what was guessed. */
export function UnderstoodItem({ importId, record }: { importId: string; record: Understood }) {
  const id = `keep-${record.position}`
  const parts = [
    record.counts.timeline ? `${record.counts.timeline} timeline entries` : null,
    record.counts.factors ? `${record.counts.factors} factors` : null,
    record.counts.actions ? `${record.counts.actions} action items` : null,
  ].filter(Boolean)
  return (
    <li className={record.skipped ? 'left-out' : undefined}>
      <div className="check">
        <input type="checkbox" id={id} name="keep" value={record.position} defaultChecked={!record.skipped} />
        <label htmlFor={id}>
          <bdi>{record.title}</bdi>
        </label>
      </div>
      <p className="small muted facts-line">
        {record.severity ? <Sev code={record.severity} /> : null}
        {record.date ? <When at={record.date} /> : <span>no date</span>}
        {record.services.length ? <bdi>{record.services.join(', ')}</bdi> : null}
        {parts.length ? <span>{parts.join(', ')}</span> : <span>text only</span>}
        {record.themes.length ? <span>themes: {record.themes.join(', ')}</span> : null}
        {record.tags.length ? <span>tags to look at: {record.tags.slice(0, 6).join(', ')}</span> : null}
        {record.duplicateOf ? <span>says it is a repeat</span> : null}
        <bdi>{record.source}</bdi>
        <Link to={`/library/import/${importId}/${record.position}`} aria-label={`Correct ${record.title}`}>
          Correct
        </Link>
      </p>
      {record.notes.length ? (
        <ul className="small">
          {record.notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}
