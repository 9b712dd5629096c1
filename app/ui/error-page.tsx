import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react'

/** What went wrong, in words, and the way on. */
export function ErrorPage() {
  const error = useRouteError()
  const { status, title, text } = errorWords(error)
  return (
    <main className="error-page" id="content">
      <p className="eyebrow">{status}</p>
      <h1>{title}</h1>
      <p className="lead">{text}</p>
      <p className="actions">
        <Link className="btn primary" to="/">
          Go to the front page
        </Link>
        <Link className="btn" to="/library">
          Search the library
        </Link>
      </p>
    </main>
  )
}

/** An error as a page says it, for the heading and the title of the document. */
export function errorWords(error: unknown): { status: number; title: string; text: string } {
  const status = isRouteErrorResponse(error) ? error.status : 500
  return { status, ...words(status, isRouteErrorResponse(error) ? String(error.data ?? '') : '') }
}

function words(status: number, said: string): { title: string; text: string } {
  if (status === 404)
    return {
      title: 'Nothing here',
      text: said.includes(' ') ? said : 'This page does not exist, or is not for you to see.',
    }
  if (status >= 500)
    return {
      title: 'Something broke on our side',
      text: 'Nothing you typed was changed by it. Please try again; if it stays, tell your administrator the time it happened.',
    }
  return { title: 'That did not work', text: said || 'Please go back and try again.' }
}
