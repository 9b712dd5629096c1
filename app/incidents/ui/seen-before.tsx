import { Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import type { SeenMention } from '../incident-slots.ts'

/** Postmortems that resemble something, each with what they share. */
export function SeenBefore({ seen, title }: { seen: SeenMention[]; title: string }) {
  if (seen.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      {seen.map(one => (
        <Link key={one.slug} to={`/library/${one.slug}`} className="beside-link">
          <bdi>{one.title}</bdi>{' '}
          <span className="muted small">
            {one.reason}
            {one.at ? (
              <>
                {one.reason ? ', ' : ''}
                <When at={one.at} />
              </>
            ) : null}
          </span>
        </Link>
      ))}
    </section>
  )
}
