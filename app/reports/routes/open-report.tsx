import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { answering } from '#app/http/route.server.ts'
import { readPublicEdition } from '#app/reports/public-addresses.server.ts'
import { shownReport } from '#app/reports/shown-report.server.ts'
import { ReportArticle } from '#app/reports/ui/report-article.tsx'
import '#app/ui/chart.css'
import '#app/ui/prose.css'
import '#app/reports/ui/report.css'
import '#app/reports/ui/report-print.css'

/** Read by whoever has the address; who asks is never looked at. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  return answering(async () => {
    const edition = await readPublicEdition(context.site.db, params.secret ?? '')
    return shownReport(edition.content, edition.words, edition)
  })
}

export const headers: HeadersFunction = () => ({
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · ${data.organisation}` : 'Candor' },
  { name: 'robots', content: 'noindex, nofollow' },
]

export default function OpenReport() {
  const report = useLoaderData<typeof loader>()
  return (
    <main id="content" className="report-page">
      <p className="eyebrow">{report.organisation} · published for everybody to read</p>
      <ReportArticle report={report} links={{ hasDefinitions: false, files: null }} />
    </main>
  )
}
