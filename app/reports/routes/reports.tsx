import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { can } from '#app/identity/actor.ts'
import { listReports, recentQuarters } from '#app/reports/list-reports.server.ts'
import { startDraft } from '#app/reports/start-draft.server.ts'
import { summariesOf } from '#app/reports/summaries.server.ts'
import { keyOfDays } from '#app/reports/written-period.ts'
import { Empty } from '#app/ui/empty.tsx'
import { Fields, TextField } from '#app/ui/form.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'
import { When } from '#app/ui/time.tsx'
import '#app/reports/ui/reports.css'

const PAGE_SIZE = 10

export const loader = pageLoader('read', async ({ db, clock, actor, url }) => {
  const page = pageOf(url)
  const { items, total } = await listReports({ db, actor }, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE })
  const mayWrite = can(actor, 'write reports')
  const [summaries, quarters] = await Promise.all([
    summariesOf(
      { db, actor },
      items.map(item => item.period),
    ),
    mayWrite ? recentQuarters({ db, clock }) : [],
  ])
  const begun = new Set(items.map(item => item.period))
  return {
    page,
    total,
    items: items.map(item => ({ ...item, summary: summaries.get(item.period) ?? null })),
    mayWrite,
    quarters: quarters.filter(quarter => !begun.has(quarter.key)),
  }
})

export const action = pageAction('write reports', async ({ db, clock, actor, form }) => {
  const period = textOf(form, 'period') || keyOfDays(textOf(form, 'first'), textOf(form, 'last'))
  await startDraft({ db, clock, actor }, period)
  return redirect(`/reports/${period}`)
})

export const meta: MetaFunction = () => [{ title: 'Reports · Candor' }]

export default function Reports() {
  const { page, total, items, mayWrite, quarters } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="reports-list">
      <h1>Reports</h1>
      <p className="lead">
        How healthy the culture is, period by period: what changed, how sure that is, what to do next.
      </p>
      {items.length ? (
        <ol>
          {items.map(item => (
            <li key={item.period}>
              <h2>
                <Link to={`/reports/${item.period}`}>{item.title}</Link>
              </h2>
              <p className="small muted">
                {item.publishedAt ? (
                  <>
                    published <When at={item.publishedAt} />
                    {item.editions > 1 ? ` · edition ${item.editions}` : ''}
                  </>
                ) : (
                  'not published yet'
                )}
                {item.state === 'draft' ? (
                  <>
                    {' · '}
                    <Link to={`/reports/${item.period}/edit`}>
                      {item.publishedAt ? 'a correction is being written' : 'draft'}
                    </Link>
                  </>
                ) : null}
              </p>
              {item.summary ? (
                <>
                  <p className="sentence">{item.summary.sentence}</p>
                  <dl>
                    {item.summary.headline.map(({ label, value }) => (
                      <div key={label}>
                        <dt>{label}</dt>
                        <dd>{value}</dd>
                      </div>
                    ))}
                  </dl>
                </>
              ) : null}
            </li>
          ))}
        </ol>
      ) : (
        <Empty title="No report yet">
          <p>
            A report says in four minutes whether people speak up, whether we notice and recover sooner, and whether we
            do what we promised.{' '}
            {mayWrite ? 'Begin with the last quarter.' : 'The first one appears here once it is published.'}
          </p>
        </Empty>
      )}
      <Pages page={page} pageSize={PAGE_SIZE} total={total} />
      {mayWrite ? <StartForm quarters={quarters} /> : null}
    </main>
  )
}

function StartForm({ quarters }: { quarters: { key: string; title: string }[] }) {
  return (
    <section aria-labelledby="start">
      <h2 id="start">Begin a draft</h2>
      <p>Its figures follow what is recorded until it is published. Only editors and administrators see it before.</p>
      {quarters.length ? (
        <Form method="post">
          <p className="actions">
            {quarters.map((quarter, at) => (
              <button key={quarter.key} className={at ? 'btn' : 'btn primary'} name="period" value={quarter.key}>
                {quarter.title}
              </button>
            ))}
          </p>
        </Form>
      ) : null}
      <Form method="post" className="another-period">
        <h3>Another period</h3>
        <p className="small muted">A month, a half-year or any other days; it may still be running.</p>
        <Fields>
          <div className="row">
            <TextField name="first" label="First day" type="date" required />
            <TextField name="last" label="Last day" type="date" required />
          </div>
          <button className="btn">Begin the draft</button>
        </Fields>
      </Form>
    </section>
  )
}
