import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { listGuides } from '#app/learning/guides.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import '#app/learning/ui/guide.css'

export const loader = pageLoader('read', async () => ({ guides: listGuides() }))

export const meta: MetaFunction = () => [{ title: 'Guides · Candor' }]

export default function Guides() {
  const { guides } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <h1>Guides</h1>
      <p className="lead">How we learn from incidents here, in short reads. They build on each other, in this order.</p>
      {guides.length ? (
        <ol className="guide-list">
          {guides.map(guide => (
            <li key={guide.slug}>
              <h2>
                <Link to={`/guides/${guide.slug}`}>{guide.title}</Link>
              </h2>
              <p>{guide.summary}</p>
              <p className="meta">
                <span className="num">{guide.minutes}</span> min read · for {lowerFirst(guide.audience)}
              </p>
            </li>
          ))}
        </ol>
      ) : (
        <Empty title="There are no guides">
          <p>Guides are files in content/guides. This Candor was set up without any.</p>
        </Empty>
      )}
    </main>
  )
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
