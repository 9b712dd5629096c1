import { Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import type { ForumMention } from '../incident-slots.ts'

/** Forums that discussed something, or will, and what came of it; and where one asks for another. */
export function ForumMentions({
  mentions,
  suggestAt,
  className,
}: {
  mentions: ForumMention[]
  /** Null where nobody can ask. */
  suggestAt: string | null
  className?: string
}) {
  const isComing = mentions.some(one => !one.isOver)
  if (mentions.length === 0 && suggestAt === null) return null
  return (
    <section>
      <h2>Forums</h2>
      {mentions.map(one => (
        <Link key={one.forumId} to={`/forums/${one.forumId}`} className={className}>
          <bdi>{one.title}</bdi>{' '}
          <span className="muted small">
            {one.isOver ? 'discussed' : 'on the agenda'} <When at={one.startsAt} />
            {one.outcome ? `: ${one.outcome}` : ''}
          </span>
        </Link>
      ))}
      {suggestAt === null || isComing ? null : (
        <Link to={suggestAt} className={className ?? 'no-print'}>
          Suggest it for a forum
        </Link>
      )}
    </section>
  )
}
