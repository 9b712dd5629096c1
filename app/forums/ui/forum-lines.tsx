import { Link } from '@remix-run/react'
import type { ForumLine } from '../list-forums.server.ts'
import { ForumTime } from './forum-time.tsx'

const STATE_WORDS: Record<string, string> = {
  scheduled: 'Scheduled',
  ready: 'Ready',
  live: 'Live now',
  closed: 'Closed',
  cancelled: 'Cancelled',
}

export function stateInWords(state: string): string {
  return STATE_WORDS[state] ?? state
}

export function ForumLines({ forums, label }: { forums: ForumLine[]; label: string }) {
  return (
    <ul className="forum-lines" aria-label={label}>
      {forums.map(forum => (
        <li key={forum.id}>
          <span>
            <Link to={`/forums/${forum.id}`}>
              <bdi>{forum.title}</bdi>
            </Link>
            <small>
              <ForumTime at={forum.startsAt} zone={forum.timeZone} />
              {forum.items > 0 ? ` · ${forum.items === 1 ? 'one item' : `${forum.items} items`}` : ''}
              {forum.facilitator ? (
                <>
                  {' · '}
                  <bdi>{forum.facilitator.name}</bdi> facilitates
                </>
              ) : null}
            </small>
            {forum.cancelledReason ? (
              <small>
                <bdi>{forum.cancelledReason}</bdi>
              </small>
            ) : null}
          </span>
          <span className={`forum-state ${forum.state}`}>{stateInWords(forum.state)}</span>
        </li>
      ))}
    </ul>
  )
}
