import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { countExported } from '#app/postmortems/export-postmortems.server.ts'

export const loader = pageLoader('read', async ({ db }) => ({ total: await countExported(db) }))

export const meta: MetaFunction = () => [{ title: 'Export · Library · Candor' }]

export default function Export() {
  const { total } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <h1>Take it with you</h1>
      <p className="lead">
        All {total} published postmortems that every member may read. Drafts, restricted and archived ones stay here.
      </p>
      <dl className="exports">
        <dt>
          <a href="/library/export/markdown">Markdown</a>
        </dt>
        <dd>A zip with one file each and front matter. Importing it again gives the same library.</dd>
        <dt>
          <a href="/library/export/jsonl">JSON Lines</a>
        </dt>
        <dd>One object a line, nothing left out. It, too, imports again.</dd>
        <dt>
          <a href="/library/export/csv">CSV</a>
        </dt>
        <dd>For a spreadsheet: cells that a spreadsheet would run as a formula are made harmless.</dd>
      </dl>
    </main>
  )
}
