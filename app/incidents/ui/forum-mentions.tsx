import { Link } from '@remix-run/react'
import { When } from '#app/ui/time.tsx'
import type { ForumMention } from '../incident-slots.ts'

/** Forums that discussed something, or will, and what came of it. */
export function ForumMentions({ mentions, className }: { mentions: ForumMention[]; className?: string }) {
  if (mentions.length === 0) return null
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
    </section>
  )
}
