import { Link } from '@remix-run/react'
import type { AuditView } from '#app/identity/list-audit.server.ts'
import { When } from '#app/ui/time.tsx'

type Entry = AuditView & { words: string }

/** The audit trail as sentences, each with what was before and after. */
export function Trail({ entries }: { entries: Entry[] }) {
  return (
    <ol className="trail">
      {entries.map(entry => (
        <li key={entry.id}>
          {entry.actor.id ? (
            <Link to={`/people/${entry.actor.id}`}>
              <bdi>{entry.actor.name}</bdi>
            </Link>
          ) : (
            <bdi>{entry.actor.name}</bdi>
          )}{' '}
          {entry.words}: <bdi>{entry.subject}</bdi>{' '}
          <span className="muted small">
            <When at={entry.at} show="minute" />
          </span>
          {entry.before || entry.after ? <Changes before={entry.before} after={entry.after} /> : null}
        </li>
      ))}
    </ol>
  )
}

function Changes({ before, after }: Pick<Entry, 'before' | 'after'>) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return (
    <details>
      <summary>{before ? 'Before and after' : 'In full'}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            {before ? <th scope="col">Before</th> : null}
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(field => (
            <tr key={field}>
              <th scope="row">{inWords(field)}</th>
              {before ? <td>{shown(before[field])}</td> : null}
              <td>{shown(after?.[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** `hourlyDowntimeCost` → `hourly downtime cost`. */
function inWords(field: string): string {
  return field.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}

function shown(value: unknown) {
  if (value === null || value === undefined || value === '') return <span className="muted">nothing</span>
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value))
    return value.length === 0 ? <span className="muted">none</span> : <bdi>{value.map(part).join(', ')}</bdi>
  return <bdi>{part(value)}</bdi>
}

function part(value: unknown): string {
  if (value !== null && typeof value === 'object')
    return Object.values(value)
      .map(one => one ?? '…')
      .join(' to ')
  return String(value)
}
