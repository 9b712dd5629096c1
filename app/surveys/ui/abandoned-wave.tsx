import { When } from '#app/ui/time.tsx'

/** A wave that was given up: it counts nothing and shows nothing. */
export function AbandonedWave({ title, at, why }: { title: string; at: string | null; why: string | null }) {
  return (
    <main id="content">
      <p className="eyebrow">Anonymous survey · abandoned</p>
      <h1>{title}</h1>
      <p className="lead">
        Abandoned{' '}
        {at ? (
          <>
            on <When at={at} />
          </>
        ) : null}
        . What was sent has been deleted unread, and there are no results.
      </p>
      {why ? <p className="note">{why}</p> : null}
    </main>
  )
}
