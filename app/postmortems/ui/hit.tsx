import { Link } from '@remix-run/react'
import { Sev } from '#app/ui/severity.tsx'
import { When } from '#app/ui/time.tsx'
import type { HitReasons } from '../explain-hits.server.ts'
import { WhyFound } from './why-found.tsx'

export interface Hit {
  slug: string
  key: string | null
  title: string
  severity: string | null
  services: { value: string; label: string }[]
  themes: { value: string; label: string }[]
  publishedAt: string | null
  occurredAt: string | null
  snippet: string
  minutes: number
  actionsOpen: number
  actionsTotal: number
  isPublic: boolean
  family?: { slug: string; name: string } | null
  /** Why it stands where it stands, for those who asked and may know. */
  why?: HitReasons | null
}

/** One result: title, facts in a line, the passage that matched, themes and follow-through. */
export function HitArticle({ hit }: { hit: Hit }) {
  const date = hit.occurredAt ?? hit.publishedAt
  return (
    <article className="hit">
      <h2>
        <Link to={`/library/${hit.slug}`}>
          <bdi>{hit.title}</bdi>
        </Link>
      </h2>
      <div className="meta">
        {hit.severity ? <Sev code={hit.severity} /> : null}
        {hit.key ? <span className="key">{hit.key}</span> : null}
        {hit.services.length ? (
          <span className="services">{shortList(hit.services.map(service => service.label))}</span>
        ) : null}
        {date ? <When at={date} /> : null}
        <span>{hit.minutes} min read</span>
        {hit.isPublic ? <span>public incident</span> : null}
        {hit.family ? <span className="back">{hit.family.name}</span> : null}
      </div>
      {hit.snippet ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the search room escapes everything but <mark>
        <p dangerouslySetInnerHTML={{ __html: hit.snippet }} />
      ) : null}
      <div className="tags">
        {hit.themes.slice(0, 5).map(theme => (
          <Link className="tag" key={theme.value} to={`/themes/${theme.value}`}>
            {theme.label}
          </Link>
        ))}
        <FollowThrough open={hit.actionsOpen} total={hit.actionsTotal} />
      </div>
      {hit.why ? <WhyFound why={hit.why} /> : null}
    </article>
  )
}

function FollowThrough({ open, total }: { open: number; total: number }) {
  if (total === 0) return null
  return <span className="small muted">{open === 0 ? 'no action open' : `${open} of ${total} actions open`}</span>
}

function shortList(labels: string[]): string {
  return labels.length > 4 ? `${labels.slice(0, 4).join(', ')} and ${labels.length - 4} more` : labels.join(', ')
}
