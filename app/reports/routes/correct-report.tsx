import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { correctReport } from '#app/reports/publish-report.server.ts'
import { viewReport } from '#app/reports/view-report.server.ts'
import { Fields, TextArea } from '#app/ui/form.tsx'

export const loader = pageLoader('publish reports', async ({ db, clock, actor, params }) => {
  const key = params.period ?? ''
  const { state, title, hasDraft, edition } = await viewReport({ db, clock, actor }, key)
  if (state !== 'published' || hasDraft) throw redirect(`/reports/${key}`)
  return { key, title, next: (edition?.number ?? 0) + 1 }
})

export const action = pageAction('publish reports', async ({ db, clock, actor, params, form }) => {
  const key = params.period ?? ''
  await correctReport({ db, clock, actor }, key, { reason: textOf(form, 'reason') })
  return redirect(`/reports/${key}?draft=1&saved=correction`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Correct ${data?.title ?? ''} · Candor` }]

export default function CorrectReport() {
  const { key, title, next } = useLoaderData<typeof loader>()
  return (
    <main id="content" className="narrow">
      <p className="eyebrow">
        <Link to={`/reports/${key}`}>{title}</Link>
      </p>
      <h1>Correct the report</h1>
      <p className="lead">
        What is published stays as it is. A draft of edition {next} begins with its words, looks from the same moment,
        and lists what it says otherwise.
      </p>
      <Form method="post">
        <Fields>
          <TextArea
            name="reason"
            label="What was wrong?"
            required
            rows={3}
            help="One sentence. Every reader sees it."
          />
          <p className="actions">
            <button className="btn primary">Begin the correction</button>
            <Link className="btn quiet" to={`/reports/${key}`}>
              Cancel
            </Link>
          </p>
        </Fields>
      </Form>
    </main>
  )
}
