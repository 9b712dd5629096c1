import { Link } from '@remix-run/react'
import type { ReadAs } from '../present-library.server.ts'

/** So many of the terms are named before one asks for all. */
const NAMED = 3

/** What a pasted text was read as, and the terms taken out of it; each is a link that takes it in or out. */
export function ReadAsNote({ readAs: { what, terms } }: { readAs: ReadAs }) {
  const used = terms.filter(term => term.isUsed)
  const named = used.slice(0, NAMED)
  return (
    <details className="read-as small">
      <summary>
        Read as {what}. {used.length > 0 ? 'Searched for ' : 'None of its terms is searched for.'}
        {named.map((term, index) => (
          <span key={term.text}>
            {index > 0 ? ', ' : ''}
            <bdi>{term.text}</bdi>
          </span>
        ))}
        {used.length > NAMED ? ` and ${used.length - NAMED} more` : ''}
        {used.length > 0 ? '.' : ''}
      </summary>
      <p className="muted">These tell most in this library. Take one out, or another in:</p>
      <ul className="terms">
        {terms.map(term => (
          <li key={term.text}>
            <Link className={term.isUsed ? 'term used' : 'term'} to={term.to} preventScrollReset prefetch="none">
              <bdi>{term.text}</bdi> <span aria-hidden="true">{term.isUsed ? '✕' : '+'}</span>
              <span className="visually-hidden">{term.isUsed ? '(leave out)' : '(search for it too)'}</span>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  )
}
