import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { pageLoader } from '#app/http/route.server.ts'
import { Saved } from '#app/identity/ui/saved.tsx'
import { findChromium } from '#app/platform/chromium.server.ts'
import { listReports } from '#app/reports/list-reports.server.ts'
import { shownReport } from '#app/reports/shown-report.server.ts'
import { ReportArticle } from '#app/reports/ui/report-article.tsx'
import { viewReport } from '#app/reports/view-report.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/ui/chart.css'
import '#app/ui/prose.css'
import '#app/reports/ui/report.css'
import '#app/reports/ui/report-print.css'
import '#app/reports/ui/reports.css'

const MOST_COMPARED = 40

export const loader = pageLoader('read', async ({ db, clock, actor, params, url }) => {
  const edition = url.searchParams.get('edition')
  const asked = {
    edition: edition === null ? null : /^\d{1,4}$/.test(edition) ? Number(edition) : 0,
    draft: url.searchParams.has('draft'),
  }
  const { content, words, versions: _, ...view } = await viewReport({ db, clock, actor }, params.period ?? '', asked)
  const others = content ? await listReports({ db, actor }, { offset: 0, limit: MOST_COMPARED }) : { items: [] }
  return data({
    ...view,
    report: content && shownReport(content, words, view.edition),
    others: others.items
      .filter(other => other.publishedAt && other.period !== view.key)
      .map(({ period, title }) => ({ period, title })),
    canPrint: (await findChromium()) !== null,
  })
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? 'Report'} · Candor` }]

const SAID = {
  published: 'Published and frozen. Whoever gets reports by mail is written to.',
  correction: 'The correction has begun.',
}

export default function Report() {
  const view = useLoaderData<typeof loader>()
  const { key, report, state } = view
  if (!report) return <NothingYet />
  const isNewest = view.edition?.number === view.editions[0]?.number
  const of = isNewest ? '' : `?edition=${view.edition?.number}`
  return (
    <main id="content" className="report-page">
      <div className="no-print">
        <Saved words={SAID} />
        <DraftBar />
        {state === 'published' && !isNewest ? (
          <p className="notice warn">
            This is edition {view.edition?.number}. <Link to={`/reports/${key}`}>Read the newest</Link>.
          </p>
        ) : null}
      </div>
      <ReportArticle
        report={report}
        links={{ hasDefinitions: true, files: state === 'published' && isNewest ? `/reports/${key}/figures` : null }}
        actions={
          state === 'published' ? (
            <p className="actions no-print">
              {view.canPrint ? (
                <a className="btn" href={`/reports/${key}/export.pdf${of}`}>
                  PDF
                </a>
              ) : null}
              <a className="btn" href={`/reports/${key}/export.csv${of}`}>
                Figures as CSV
              </a>
            </p>
          ) : (
            <p className="actions no-print">
              <Link className="btn" to={`/reports/${key}/edit`}>
                Write
              </Link>
            </p>
          )
        }
        chapterActions={
          state === 'draft'
            ? chapter => (
                <p className="small no-print">
                  <Link to={`/reports/${key}/edit#${chapter}`}>Write a commentary</Link>
                </p>
              )
            : undefined
        }
      />
      <More />
    </main>
  )
}

function DraftBar() {
  const { key, state, hasDraft, correcting, isOver, mayPublish } = useLoaderData<typeof loader>()
  if (state === 'published')
    return hasDraft ? (
      <p className="notice">
        A correction is being written: {correcting} <Link to={`/reports/${key}?draft=1`}>Read its draft</Link>
      </p>
    ) : null
  return (
    <div className="notice warn draft-bar">
      <p>
        A draft: only editors and administrators see it, and its figures follow what is recorded.{' '}
        {correcting ? `It corrects the edition before: ${correcting}` : ''}
      </p>
      <p className="actions">
        <Link to={`/reports/${key}/edit`}>Write the story and commentaries</Link>
        {mayPublish && isOver ? <Link to={`/reports/${key}/publish`}>Publish</Link> : null}
        {isOver ? null : <span>It can be published once the period is over.</span>}
      </p>
    </div>
  )
}

function NothingYet() {
  const { key, title } = useLoaderData<typeof loader>()
  return (
    <main id="content">
      <p className="eyebrow">
        <Link to="/reports">Reports</Link>
      </p>
      <h1>{title}</h1>
      <Empty title="No report on this period yet">
        <p>
          A draft is put together from what is recorded; you write the story, and nobody else sees it before it is
          published.
        </p>
        <Form method="post" action="/reports">
          <button className="btn primary" name="period" value={key}>
            Begin the draft
          </button>
        </Form>
      </Empty>
    </main>
  )
}

function More() {
  const { key, state, others, editions, edition, mayPublish, hasDraft, canPrint } = useLoaderData<typeof loader>()
  const of = edition && edition.number !== editions[0]?.number ? `?edition=${edition.number}` : ''
  return (
    <aside className="report-more no-print" aria-label="More of this report">
      {others.length && editions.length ? (
        <Form action={`/reports/${key}/compare`} className="compare-with">
          <label>
            Compare with <br />
            <select name="with">
              {others.map(other => (
                <option key={other.period} value={other.period}>
                  {other.title}
                </option>
              ))}
            </select>
          </label>
          <button className="btn">Side by side</button>
        </Form>
      ) : null}
      {state === 'published' ? (
        <>
          <h2>Take it along</h2>
          <p>
            {canPrint ? <a href={`/reports/${key}/export.pdf${of}`}>PDF</a> : 'PDF: with your browser’s Print'} ·{' '}
            <a href={`/reports/${key}/export.csv${of}`}>CSV</a> · <a href={`/reports/${key}/export.json${of}`}>JSON</a>{' '}
            · <a href={`/reports/${key}/export.md${of}`}>Markdown</a>
          </p>
        </>
      ) : null}
      {editions.length > 1 ? (
        <>
          <h2>Editions</h2>
          <ul>
            {editions.map(one => (
              <li key={one.number}>
                <Link to={`/reports/${key}?edition=${one.number}`}>Edition {one.number}</Link>,{' '}
                <When at={one.publishedAt} />
                {one.reason ? `: ${one.reason}` : ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {mayPublish && state === 'published' ? (
        <p className="actions">
          {hasDraft ? null : <Link to={`/reports/${key}/correct`}>Correct it</Link>}
          <Link to={`/reports/${key}/public`}>Public addresses</Link>
        </p>
      ) : null}
    </aside>
  )
}
