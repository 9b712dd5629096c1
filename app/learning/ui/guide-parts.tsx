/** What guides may use beyond Markdown. Rendered on the server only: nothing here can have state or handlers. */
import type { ReactNode } from 'react'

/** A remark that deserves to be seen. */
function Note({ children }: { children: ReactNode }) {
  return (
    <div className="note" role="note">
      {children}
    </div>
  )
}

/** Things to go through one by one, on the screen or on paper. What is ticked is not kept. */
function Checklist({ items }: { items: string[] }) {
  return (
    <ul className="checklist">
      {items.map(item => (
        <li key={item}>
          <label>
            <input type="checkbox" />
            <span>{item}</span>
          </label>
        </li>
      ))}
    </ul>
  )
}

/** What one is tempted to say, and what leads further. */
function Instead({ rows }: { rows: { of: string; ask: string }[] }) {
  return (
    <table className="instead">
      <thead>
        <tr>
          <th scope="col">Instead of</th>
          <th scope="col">Ask</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.of}>
            <td>{row.of}</td>
            <td>{row.ask}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What happens when, minute by minute. */
function Steps({ items }: { items: { minutes: string; title: string; text: string }[] }) {
  return (
    <ol className="steps">
      {items.map(item => (
        <li key={item.minutes}>
          <span className="minutes">
            {item.minutes}
            <span className="visually-hidden"> minutes</span>
          </span>
          <div>
            <strong>{item.title}</strong>
            <p>{item.text}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** A word where it is explained. */
function Term({ children }: { children: ReactNode }) {
  return <dfn>{children}</dfn>
}

/** By the names that guides use. */
export const guideParts = { Note, Checklist, Instead, Steps, Term }
