import { Form, Link } from '@remix-run/react'
import type { ForumMention, SeenMention } from '#app/incidents/incident-slots.ts'
import { ForumMentions } from '#app/incidents/ui/forum-mentions.tsx'
import { SeenBefore } from '#app/incidents/ui/seen-before.tsx'
import type { Discussion } from '#app/postmortems/discussion.server.ts'
import { When } from '#app/ui/time.tsx'
import type { FamilyCandidate } from '../family-candidates.server.ts'
import { FamilyCandidates } from './family-candidates.tsx'

interface Page {
  id: string
  slug: string
  outline: { id: string; text: string; depth: number }[]
  themes: { slug: string; name: string }[]
  suggestions: { slug: string; name: string; reason: string }[]
  earlier: { key: string; title: string; startedAt: string | null; slug: string | null }[]
  related: SeenMention[]
  candidates: FamilyCandidate[]
  mayEdit: boolean
  severity: string | null
  discussion: Discussion
  forums: ForumMention[]
  /** Where one asks that a forum discuss it; null where one cannot. */
  suggestForForum: string | null
}

/** The column beside the text: outline, themes, what was seen before, and what an editor may do. */
export function Beside({ page, mayCurate }: { page: Page; mayCurate: boolean }) {
  return (
    <aside className="beside" aria-label="About this postmortem">
      {page.outline.length > 1 ? (
        <nav aria-label="On this page">
          <h2>On this page</h2>
          {page.outline.map(entry => (
            <a key={entry.id} href={`#${entry.id}`}>
              {entry.text}
            </a>
          ))}
        </nav>
      ) : null}
      {page.themes.length ? (
        <section>
          <h2>Themes</h2>
          <p className="tags">
            {page.themes.map(theme => (
              <Link key={theme.slug} className="tag" to={`/themes/${theme.slug}`}>
                {theme.name}
              </Link>
            ))}
          </p>
        </section>
      ) : null}
      {mayCurate && page.suggestions.length ? (
        <section className="no-print">
          <h2>Suggested themes</h2>
          {page.suggestions.map(suggestion => (
            <Form method="post" key={suggestion.slug} className="suggestion" preventScrollReset>
              <input type="hidden" name="theme" value={suggestion.slug} />
              <span className="tag suggested">{suggestion.name}</span>
              <span className="small muted">{suggestion.reason}</span>
              <span className="choices">
                <button className="linklike" name="decision" value="apply" aria-label={`Add ${suggestion.name}`}>
                  Add
                </button>
                <button className="linklike" name="decision" value="dismiss" aria-label={`Dismiss ${suggestion.name}`}>
                  Dismiss
                </button>
              </span>
            </Form>
          ))}
        </section>
      ) : null}
      {page.earlier.length ? (
        <section>
          <h2>Seen before</h2>
          {page.earlier.map(one => (
            <Link key={one.key} to={one.slug ? `/library/${one.slug}` : `/library?q=${encodeURIComponent(one.key)}`}>
              {one.title}{' '}
              <span className="muted">
                {one.key}
                {one.startedAt ? (
                  <>
                    , <When at={one.startedAt} />
                  </>
                ) : null}
              </span>
            </Link>
          ))}
        </section>
      ) : null}
      <ForumMentions mentions={page.forums} suggestAt={page.suggestForForum} />
      <FamilyCandidates candidates={page.candidates} mayJudge={mayCurate} />
      <SeenBefore seen={page.related} title="Related" />
      <section className="no-print">
        <h2>Around it</h2>
        <Link to={`/library/${page.slug}/comments`}>
          {counted(page.discussion.comments, 'comment', 'Comment on it')}
        </Link>
        <Link to={`/library/${page.slug}/review`}>
          {page.discussion.review ? `Review: ${page.discussion.review}` : 'Review'}
          {page.discussion.meetingAt ? (
            <span className="muted">
              {' '}
              meeting <When at={page.discussion.meetingAt} show="minute" />
            </span>
          ) : null}
        </Link>
        {page.discussion.attachments || page.mayEdit ? (
          <Link to={`/library/${page.slug}/attachments`}>
            {counted(page.discussion.attachments, 'file', 'Add files')}
          </Link>
        ) : null}
        {page.discussion.hasSummary || page.mayEdit || page.severity === 'SEV-1' ? (
          <Link to={`/library/${page.slug}/summary`}>Executive summary</Link>
        ) : null}
      </section>
      <section className="no-print">
        <h2>This document</h2>
        {page.mayEdit ? <Link to={`/postmortems/${page.id}/edit`}>Edit</Link> : null}
        <Link to={`/library/${page.slug}/history`}>History</Link>
        <a href={`/library/${page.slug}/markdown`}>As Markdown</a>
      </section>
    </aside>
  )
}

function counted(count: number, thing: string, none: string): string {
  return count === 0 ? none : `${count} ${thing}${count === 1 ? '' : 's'}`
}
