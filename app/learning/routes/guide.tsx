import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { readGuide } from '#app/learning/guides.server.ts'
import { Day } from '#app/ui/time.tsx'
import '#app/ui/prose.css'
import '#app/learning/ui/guide.css'

export const loader = pageLoader('read', ({ params }) => readGuide(params.slug ?? ''))

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.guide.title ?? 'Guide'} · Guides · Candor` },
]

export default function GuidePage() {
  const { guide, text, previous, next, place, of } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="guide-page">
      <article className="guide prose">
        <header>
          <p className="eyebrow">
            <Link to="/guides">Guides</Link> · {place} of {of} · {guide.minutes} min read
          </p>
          <h1>{guide.title}</h1>
          <p className="summary">{guide.summary}</p>
          <p className="meta">
            For {guide.audience.charAt(0).toLowerCase() + guide.audience.slice(1)}. Last changed on{' '}
            <Day on={guide.updated} />.
          </p>
        </header>
        <details className="guide-outline-small">
          <summary>On this page</summary>
          <Outline entries={text.outline} />
        </details>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by us from content/, where only we write */}
        <div dangerouslySetInnerHTML={{ __html: text.html }} />
        <nav className="guide-neighbours" aria-label="Other guides">
          {previous ? (
            <Link rel="prev" to={`/guides/${previous.slug}`}>
              <small>Previous</small>
              {previous.title}
            </Link>
          ) : null}
          {next ? (
            <Link rel="next" to={`/guides/${next.slug}`}>
              <small>Next</small>
              {next.title}
            </Link>
          ) : null}
        </nav>
      </article>
      <nav className="guide-outline" aria-label="On this page">
        <h2>On this page</h2>
        <Outline entries={text.outline} />
      </nav>
    </main>
  )
}

function Outline({ entries }: { entries: { id: string; text: string }[] }) {
  return (
    <ol>
      {entries.map(entry => (
        <li key={entry.id}>
          <a href={`#${entry.id}`}>{entry.text}</a>
        </li>
      ))}
    </ol>
  )
}
