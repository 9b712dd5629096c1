import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { textOf } from '#app/http/read-form.server.ts'
import { pageAction, pageLoader } from '#app/http/route.server.ts'
import { chooseRecords, previewImport, startImport } from '#app/postmortems/import-job.server.ts'
import { PREVIEW_PAGE } from '#app/postmortems/page-sizes.ts'
import { ImportReportView } from '#app/postmortems/ui/import-report.tsx'
import '#app/postmortems/ui/import.css'
import { UnderstoodItem } from '#app/postmortems/ui/understood-item.tsx'
import { Pages, pageOf } from '#app/ui/pages.tsx'

export const loader = pageLoader('import postmortems and incidents', async ({ db, actor, params, url }) => {
  const page = pageOf(url)
  const job = await previewImport({ db, actor }, params.id ?? '', page)
  return {
    ...job,
    page,
    records: job.records.map(({ record, notes, source, position, skipped, suggestedThemes, duplicateOf }) => ({
      position,
      skipped,
      source,
      notes,
      duplicateOf,
      title: record.title,
      date: record.startedAt ?? record.publishedAt,
      severity: record.severity,
      services: record.services,
      themes: record.themes,
      tags: suggestedThemes.map(tag => tag.word),
      counts: { timeline: record.timeline.length, factors: record.factors.length, actions: record.actions.length },
    })),
  }
})

export const action = pageAction(
  'import postmortems and incidents',
  async ({ db, clock, log, actor, params, form }) => {
    const id = params.id ?? ''
    if (textOf(form, 'page')) {
      const page = Number(textOf(form, 'page')) || 1
      await chooseRecords({ db, actor }, id, page, new Set(form.getAll('keep').map(Number)))
      if (textOf(form, 'intent') === 'choose') return redirect(`/library/import/${id}?page=${page}`)
    }
    await startImport({ db, clock, log, actor }, id)
    return redirect(`/library/import/${id}`)
  },
)

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: 'Import · Library · Candor' },
  // Without JavaScript the page asks again by itself while the import runs.
  ...(data?.state === 'running' ? [{ httpEquiv: 'refresh', content: '3' }] : []),
]

export default function ImportPreview() {
  const job = useLoaderData<typeof loader>()
  useProgress(job.state === 'running')
  if (job.state === 'done') return <Done job={job} />
  if (job.state !== 'preview') return <Progress job={job} />
  const coming = job.total - job.skipped
  return (
    <main id="content">
      <h1>What was understood</h1>
      <p className="lead">
        {job.total === 1 ? 'One postmortem' : `${job.total} postmortems`} read
        {job.report.rejected ? `, ${job.report.rejected} not readable` : ''}. Nothing is in the library yet.
      </p>
      {job.report.errors.length || job.report.notes.length ? <ImportReportView report={job.report} /> : null}
      <Form method="post">
        <input type="hidden" name="page" value={job.page} />
        <p className="actions">
          <button className="btn primary" name="intent" value="start">
            Import {coming}
          </button>
          <button className="btn" name="intent" value="choose">
            Keep this choice
          </button>
          <Link className="btn quiet" to="/library/import">
            Start over
          </Link>
        </p>
        <ol className="understood" start={(job.page - 1) * PREVIEW_PAGE + 1}>
          {job.records.map(record => (
            <UnderstoodItem key={record.position} importId={job.id} record={record} />
          ))}
        </ol>
      </Form>
      <Pages page={job.page} pageSize={PREVIEW_PAGE} total={job.total} />
    </main>
  )
}

type Job = ReturnType<typeof useLoaderData<typeof loader>>

function Progress({ job }: { job: Job }) {
  return (
    <main id="content" className="narrow">
      <h1>{job.state === 'stopped' ? 'The import stopped half-way' : 'Importing'}</h1>
      <p className="lead">
        {job.state === 'stopped'
          ? 'The server was restarted. Go on where it stopped: what is in the library already stays as it is.'
          : 'You can leave this page and come back; the import goes on.'}
      </p>
      <p>
        <progress max={job.total} value={job.done} aria-label="Progress of the import" />{' '}
        <span className="num">{job.done}</span> of <span className="num">{job.total}</span>
      </p>
      {job.state === 'stopped' ? (
        <Form method="post">
          <button className="btn primary">Go on</button>
        </Form>
      ) : null}
    </main>
  )
}

function Done({ job }: { job: Job }) {
  return (
    <main id="content">
      <h1>Imported</h1>
      <p className="lead">
        {job.report.created} new, {job.report.updated} updated, {job.report.unchanged} unchanged, {job.report.rejected}{' '}
        rejected.
      </p>
      <p className="actions">
        <Link className="btn primary" to="/library?sort=newest">
          Open the library
        </Link>
        <Link className="btn" to="/library/import">
          Import more
        </Link>
      </p>
      <ImportReportView report={job.report} />
    </main>
  )
}

function useProgress(isRunning: boolean) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(revalidate, 1000)
    return () => clearInterval(timer)
  }, [isRunning, revalidate])
}
