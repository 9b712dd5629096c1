import { Link } from '@remix-run/react'
import { type FileKind, KIND_WORDS } from '#app/home/import-words.ts'

interface Kind {
  value: FileKind
  /** Of each inner list of those required, one must be there; null for what is no table. */
  columns: { required: string[][]; others: string[] } | null
}

/** What each kind of file holds, column by column, and where the others are brought in. */
export function ImportKinds({ kinds, mayImportPeople }: { kinds: Kind[]; mayImportPeople: boolean }) {
  return (
    <>
      <h2>What the files hold</h2>
      {kinds.map(({ value, columns }) => (
        <section key={value} aria-labelledby={`kind-${value}`}>
          <h3 id={`kind-${value}`}>{KIND_WORDS[value].label}</h3>
          <p>{KIND_WORDS[value].says}</p>
          {columns ? (
            <p className="small">
              Must be there: <Columns lists={columns.required} />. May be:{' '}
              <Columns lists={columns.others.map(name => [name])} />.
            </p>
          ) : null}
        </section>
      ))}
      <p>
        Moments are written with their zone, as 2026-03-01T09:30:00Z, and days as 2026-03-01. Several values in one cell
        are parted by a semicolon. A row comes in whole or not at all, and the same file again changes nothing.
      </p>
      <p className="small muted">
        Postmortems are <Link to="/library/import">brought in from the library</Link>
        {mayImportPeople ? (
          <>
            , people <Link to="/people/import">from a CSV of your directory</Link>
          </>
        ) : null}
        .
      </p>
    </>
  )
}

/** Columns parted by commas; of an inner list, one. */
function Columns({ lists }: { lists: string[][] }) {
  return lists.map((names, index) => (
    <span key={names[0]}>
      {index > 0 ? ', ' : ''}
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 ? ' or ' : ''}
          <code>{name}</code>
        </span>
      ))}
    </span>
  ))
}
